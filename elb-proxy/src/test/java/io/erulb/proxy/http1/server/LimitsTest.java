package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may take, and what it is told beyond that. */
@Timeout(60)
class LimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final RecordingHandler handler = new RecordingHandler();
    private Http1Fixture server;
    private RawClient client;

    private void serve(Http1Limits limits) throws IOException {
        serve(handler, limits);
    }

    private void serve(HttpHandler answering, Http1Limits limits) throws IOException {
        server = new Http1Fixture(answering, limits);
        client = server.connect();
    }

    private static HttpHandler answering(int length) {
        // Undertow's sender takes pooled buffers for a text, and may keep them when the connection is closed.
        return exchange -> exchange.getResponseSender().send(ByteBuffer.allocate(length));
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            client.close();
            server.close();
        }
    }

    @Test
    void aHeadMayComeInPiecesAsLargeAsTheLimitButNotLarger() throws IOException {
        serve(Http1Limits.defaults().withHead(new Http1Limits.Head(20_000, 10, 1000)));
        String rest = GET.substring(0, GET.length() - 2) + "X: ";
        String filler = "y".repeat(20_000 - rest.length() - 4);

        client.send(rest)
                .send(filler.substring(0, 17_000))
                .send(filler.substring(17_000))
                .send("\r\n\r\n");
        RawAnswer fits = client.read();
        client.send(rest)
                .send(filler.substring(0, 17_000))
                .send(filler.substring(17_000))
                .send("y\r\n\r\n");
        RawAnswer tooLarge = client.read();

        assertThat(fits.status()).isEqualTo(200);
        assertThat(tooLarge.status()).isEqualTo(431);
        assertThat(tooLarge.body()).isEqualTo("The request's head is larger than 20000 bytes.\n");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aTargetThatNeverEndsIsRefusedBeforeTheHeadIsFull() throws IOException {
        serve(Http1Limits.defaults().withHead(new Http1Limits.Head(20_000, 10, 1000)));

        client.send("GET /").send("a".repeat(1500));

        assertThat(client.read().status()).isEqualTo(414);
    }

    @Test
    void oneFieldMoreThanAllowedIsRefused() throws IOException {
        serve(Http1Limits.defaults().withHead(new Http1Limits.Head(20_000, 3, 1000)));

        RawAnswer fits =
                client.send("GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nC: d\r\n\r\n").read();
        RawAnswer tooMany = client.send("GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nC: d\r\nE: f\r\n\r\n")
                .read();

        assertThat(fits.status()).isEqualTo(200);
        assertThat(tooMany.status()).isEqualTo(431);
        assertThat(tooMany.body()).isEqualTo("The request has more than 3 fields.\n");
    }

    @Test
    void aHeadThatDoesNotComeInTimeIsAnswered408() throws IOException {
        serve(Http1Limits.defaults().withWaits(new Http1Limits.Waits(SHORT, LONG, Duration.ofSeconds(60))));

        RawAnswer first = client.send("GET / HTTP/1.1\r\n").read();

        assertThat(first.status()).isEqualTo(408);
        assertThat(first.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aSecondHeadThatDoesNotComeInTimeIsAnswered408() throws IOException {
        serve(Http1Limits.defaults().withWaits(new Http1Limits.Waits(SHORT, LONG, Duration.ofSeconds(60))));

        client.send(GET + "G");

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(408);
    }

    @Test
    void anIdleConnectionIsClosedWithoutAWord() throws IOException {
        serve(Http1Limits.defaults().withWaits(new Http1Limits.Waits(LONG, SHORT, Duration.ofSeconds(60))));

        client.send(GET).read();

        assertThat(client.isClosedByServer()).isTrue();
        try (RawClient silent = server.connect()) {
            assertThat(silent.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aRequestThatRunsIsNotIdle() throws IOException {
        Http1Limits limits =
                Http1Limits.defaults().withWaits(new Http1Limits.Waits(SHORT, SHORT, Duration.ofSeconds(60)));
        server = new Http1Fixture(
                exchange -> exchange.dispatch(
                        exchange.getIoThread(),
                        () -> exchange.getIoThread()
                                .executeAfter(
                                        () -> exchange.getResponseSender().send("late"),
                                        5 * SHORT.toMillis(),
                                        TimeUnit.MILLISECONDS)),
                limits);
        client = server.connect();

        assertThat(client.send(GET).read().body()).isEqualTo("late");
    }

    @Test
    void aClientThatDoesNotCloseAfterARefusalIsClosedInTime() throws IOException {
        serve(Http1Limits.defaults().withLinger(new Http1Limits.Linger(1000, SHORT)));

        client.send("nonsense\r\n").read();

        Eventually.holds("the connection is closed", () -> server.connections() == 0);
    }

    @Test
    void aClientThatGoesOnAfterARefusalIsClosedBeyondABound() throws IOException {
        serve(Http1Limits.defaults().withLinger(new Http1Limits.Linger(1000, LONG)));

        client.send("nonsense\r\n").read();
        client.send("x".repeat(2000));

        Eventually.holds("the connection is closed", () -> server.connections() == 0);
    }

    @Test
    void aConnectionTooManyIsTurnedAway() throws IOException {
        serve(Http1Limits.defaults().withConnections(new Http1Limits.Connections(2, 10)));

        assertThat(client.send(GET).read().status()).isEqualTo(200);
        try (RawClient second = server.connect()) {
            assertThat(second.send(GET).read().status()).isEqualTo(200);
            try (RawClient third = server.connect()) {
                RawAnswer refused = third.read();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body()).isEqualTo("The limit of connections is reached: 2 in all.\n");
                assertThat(third.isClosedByServer()).isTrue();
            }
            assertThat(server.refused()).isEqualTo(1);
            assertThat(second.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientWithTooManyConnectionsIsTurnedAwayUntilItClosesOne() throws IOException {
        serve(Http1Limits.defaults().withConnections(new Http1Limits.Connections(100, 1)));
        assertThat(client.send(GET).read().status()).isEqualTo(200);

        try (RawClient second = server.connect()) {
            RawAnswer refused = second.read();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("The limit of connections is reached: 1 from one address.\n");
            assertThat(client.send(GET).read().status()).isEqualTo(200);
        }
        client.close();
        Eventually.holds("no connection is left", () -> server.connections() == 0);

        try (RawClient third = server.connect()) {
            assertThat(third.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aHundredSlowHeadsHoldNobodyUp() throws IOException {
        serve(Http1Limits.defaults());
        RawClient[] slow = new RawClient[100];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = server.connect().send("GET / HTTP/1.1\r\nHost: ");
        }

        assertThat(client.send(GET).read().status()).isEqualTo(200);

        Eventually.holds("no more than one buffer each is out", () -> server.buffersOut() <= slow.length);
        for (RawClient one : slow) {
            assertThat(one.send("a\r\n\r\n").read().status()).isEqualTo(200);
            one.close();
        }
    }

    @Test
    void aConnectionWithoutBytesHoldsNoBuffer() throws IOException {
        serve(Http1Limits.defaults());

        client.send(GET).read();

        Eventually.holds("no buffer is out", () -> server.buffersOut() == 0);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aClientThatTakesNothingOfItsAnswersIsGivenUp() throws IOException {
        serve(
                answering(16 << 20),
                Http1Limits.defaults()
                        .withWaits(new Http1Limits.Waits(Duration.ofSeconds(10), Duration.ofSeconds(75), SHORT)));

        client.send(GET);

        Eventually.holds("the connection is closed", () -> server.connections() == 0);
    }

    @Test
    void aClientThatTakesItsAnswerSlowlyGetsAllOfIt() throws IOException {
        int length = 16 << 20;
        serve(
                answering(length),
                Http1Limits.defaults()
                        .withWaits(new Http1Limits.Waits(
                                Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofMillis(500))));

        assertThat(client.send(GET).read().bytes()).hasSize(length);
        assertThat(client.send(GET).read().bytes()).hasSize(length);
    }

    @Test
    void aLimitThatLetsNothingThroughIsRefused() {
        assertThatThrownBy(() -> Http1Limits.defaults().withHead(new Http1Limits.Head(10, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxHead: 10 (expected: at least 64)");
    }
}
