package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Peer;
import io.erulb.upstream.UpstreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A second server is asked beside one that takes longer than answers do. The servers answer at once, but for requests for
 * {@code /slow}: what they do with the first of these that comes to any of them, and with the second, is the test's to say.
 */
@Timeout(30)
class HedgedRequestsTest {
    private static final String POLICY = "{'retry':{'on':['error','http_503'],'hedge':{'max_percent':100}}}";
    private static final String SLOW = " /slow HTTP/1.1\r\nHost: t.local\r\n";

    private final AtomicLong ahead = new AtomicLong();
    private final ProxyFixture proxy = ProxyFixture.start(
            UpstreamOptions.defaults().withNanoClock(() -> System.nanoTime() + ahead.get()), settings -> {});
    private final AtomicInteger slowOnes = new AtomicInteger();
    private final CountDownLatch firstCame = new CountDownLatch(1);
    private final CountDownLatch secondCame = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch firstDropped = new CountDownLatch(1);

    private volatile RawServer.Script first = (request, exchange) -> hang(exchange);
    private volatile RawServer.Script second = (request, exchange) -> exchange.ok("second");
    private List<RawServer> servers = List.of();

    @BeforeEach
    void start() throws IOException {
        servers = List.of(RawServer.start(this::answer), RawServer.start(this::answer), RawServer.start(this::answer));
    }

    @AfterEach
    void stop() throws IOException {
        released.countDown();
        proxy.close();
        for (RawServer server : servers) {
            server.close();
        }
    }

    private void answer(RawServer.RawRequest request, RawServer.Exchange exchange) throws IOException {
        if (!request.head().contains(" /slow ")) {
            exchange.ok("quick");
        } else if (slowOnes.incrementAndGet() == 1) {
            RawServer.Script script = first;
            firstCame.countDown();
            script.answer(request, exchange);
        } else {
            secondCame.countDown();
            second.answer(request, exchange);
        }
    }

    /** Closes in the middle of an answer: where nothing was heard, a kept connection might just be asked too late. */
    private static void breakOff(RawServer.Exchange exchange) throws IOException {
        exchange.send("HTTP/1.1 2");
        exchange.socket().close();
    }

    /** Answers nothing until the proxy gives the connection up. */
    private void hang(RawServer.Exchange exchange) throws IOException {
        if (exchange.in().read() < 0) {
            firstDropped.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Has a policy in force, and enough known of how long answers take. */
    private void route(String policy) throws IOException {
        RoutingChange.Builder change = RoutingChange.builder()
                .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                .putPolicy("up-t.local", policy.replace('\'', '"'));
        servers.forEach(server -> change.putServer("up-t.local", server.address(), ""));
        proxy.routing().apply(change.build());
        try (RawClient client = proxy.client()) {
            for (int i = 0; i < 120; i++) {
                assertThat(client.get("t.local", "/quick").body()).isEqualTo("quick");
            }
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(client.get("t.local", "/quick").body()).isEqualTo("quick");
        }
    }

    private Stream<Peer> peers() {
        return proxy.routing().current().upstreams().get("up-t.local").live().peers().stream();
    }

    private void nothingIsUnderWay() {
        Eventually.holds("no request is at a server", () -> peers().allMatch(peer -> peer.active() == 0));
    }

    private RawAnswer slow(String method) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.send(method + SLOW + "\r\n").read(method.equals("HEAD"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void theSecondAnswersAndTheFirstIsGivenUp(String method) throws IOException {
        route(POLICY);

        RawAnswer answer = slow(method);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "second");
        await(firstDropped);
        nothingIsUnderWay();
        assertThat(slowOnes).hasValue(2);
        assertThat(peers()).as("slow is no failure").allMatch(peer -> peer.fails() == 0);
        assertThat(proxy.proxy().hedged()).isPositive();
        assertThat(proxy.proxy().retried()).isZero();
    }

    @Test
    void theFirstMayAnswerAfterAll() throws IOException {
        first = (request, exchange) -> {
            await(secondCame);
            exchange.ok("first");
        };
        second = (request, exchange) -> hang(exchange);
        route(POLICY);

        assertThat(slow("GET").body()).isEqualTo("first");
        await(firstDropped);
        nothingIsUnderWay();
    }

    @Test
    void aLongAnswerOfTheSecondComesAsAWhole() throws IOException {
        String body = "0123456789".repeat(100_000);
        second = (request, exchange) -> exchange.ok(body);
        route(POLICY);

        try (RawClient client = proxy.client()) {
            assertThat(client.get("t.local", "/slow").body()).isEqualTo(body);
            assertThat(client.get("t.local", "/quick").body())
                    .as("the next one")
                    .isEqualTo("quick");
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, 4", "PUT, 4", "DELETE, 0", "GET, 4"})
    void whatIsNotSafeOrHasABodyGoesToOneServer(String method, int length) throws IOException {
        first = (request, exchange) -> {
            await(released);
            exchange.ok("only");
        };
        route(POLICY);

        try (RawClient client = proxy.client()) {
            client.send(method + SLOW + "Content-Length: " + length + "\r\n\r\n" + "body".substring(4 - length));
            await(firstCame);
            // Asked for later, and beside a hanging server too: by its answer the time of the first one is over.
            slowOnes.set(0);
            first = (request, exchange) -> hang(exchange);
            assertThat(slow("GET").body()).isEqualTo("second");
            assertThat(slowOnes).hasValue(2);
            released.countDown();
            assertThat(client.read().body()).isEqualTo("only");
        }
    }

    @Test
    void whenTheFirstBreaksTheSecondIsWaitedFor() throws IOException {
        first = (request, exchange) -> {
            await(secondCame);
            breakOff(exchange);
        };
        second = (request, exchange) -> {
            Eventually.holds("the first one's failure counts", () -> peers().anyMatch(peer -> peer.fails() == 1));
            exchange.ok("second");
        };
        route(POLICY);

        assertThat(slow("GET").body()).isEqualTo("second");
        assertThat(slowOnes).hasValue(2);
        nothingIsUnderWay();
    }

    @Test
    void whenTheSecondFailsTheFirstIsWaitedFor() throws IOException {
        first = (request, exchange) -> {
            Eventually.holds("the second one's failure counts", () -> peers().anyMatch(peer -> peer.fails() == 1));
            exchange.ok("first");
        };
        second = (request, exchange) -> exchange.send("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
        route(POLICY);

        assertThat(slow("GET").body()).isEqualTo("first");
        assertThat(peers().filter(peer -> peer.lastFailure() == Failure.STATUS)).hasSize(1);
        assertThat(slowOnes).hasValue(2);
        nothingIsUnderWay();
    }

    @Test
    void whenBothFailAThirdIsTried() throws IOException {
        RawServer.Script closing = (request, exchange) -> {
            await(secondCame);
            breakOff(exchange);
        };
        first = closing;
        second = (request, exchange) -> {
            if (slowOnes.get() == 2) {
                breakOff(exchange);
            } else {
                exchange.ok("third");
            }
        };
        route(POLICY);

        assertThat(slow("GET").body()).isEqualTo("third");
        assertThat(proxy.proxy().retried()).isEqualTo(1);
        assertThat(slowOnes).hasValue(3);
        nothingIsUnderWay();
    }

    @Test
    void aClientThatLeavesEndsBoth() throws IOException {
        CountDownLatch secondDropped = new CountDownLatch(1);
        second = (request, exchange) -> {
            if (exchange.in().read() < 0) {
                secondDropped.countDown();
            }
        };
        route(POLICY);

        RawClient client = proxy.client().send("GET" + SLOW + "\r\n");
        await(secondCame);
        client.reset();

        await(firstDropped);
        await(secondDropped);
        nothingIsUnderWay();
    }

    @Test
    void theTimeOfTheWholeRequestEndsBoth() throws IOException {
        second = (request, exchange) -> exchange.in().read();
        route("{'timeouts':{'whole':'700ms'},'retry':{'hedge':{'percentile':95}}}");

        assertThat(slow("GET").status()).isEqualTo(504);
        await(firstDropped);
        nothingIsUnderWay();
        assertThat(peers().filter(peer -> peer.lastFailure() == Failure.TIMEOUT))
                .as("the second one had less time")
                .hasSize(1);
    }

    @Test
    void aServerThatCannotBeReachedFailsAlthoughAnotherOneAnswered() throws Exception {
        route("{'timeouts':{'connect':'300ms'},'retry':{'hedge':{'max_percent':100}}}");
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = LeavingClientTest.fill(full);
            String address = "127.0.0.1:" + full.getLocalPort();
            proxy.routing()
                    .apply(RoutingChange.builder()
                            .putServer("up-t.local", address, "")
                            .build());

            for (int i = 0; i < 8; i++) {
                assertThat(proxy.get("t.local", "/quick").body()).isEqualTo("quick");
            }

            Eventually.holds("the failure counts", () -> peers().anyMatch(peer -> peer.fails() > 0));
            assertThat(peers().filter(peer -> peer.lastFailure() == Failure.TIMEOUT))
                    .extracting(Peer::toString)
                    .containsExactly(address);
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void tooFewTriesLeaveNoneForASecond() throws IOException {
        first = (request, exchange) -> exchange.in().read();
        route("{'timeouts':{'whole':'700ms'},'retry':{'tries':1,'hedge':{}}}");

        assertThat(slow("GET").status()).isEqualTo(504);
        assertThat(slowOnes).hasValue(1);
    }

    @Test
    void aClientThatIsBoundToAServerWaitsForIt() throws IOException {
        route("{'sticky':{},'timeouts':{'whole':'700ms'},'retry':{'hedge':{}}}");
        String cookie = proxy.get("t.local", "/quick").field("Set-Cookie").replaceFirst(";.*", "");

        try (RawClient client = proxy.client()) {
            client.send("GET" + SLOW + "Cookie: " + cookie + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(504);
        }
        assertThat(slowOnes).hasValue(1);
    }

    @Test
    void withoutAPolicyNobodyIsAskedTwice() throws IOException {
        first = (request, exchange) -> {
            await(released);
            exchange.ok("only");
        };
        route("{}");

        try (RawClient client = proxy.client()) {
            client.send("GET" + SLOW + "\r\n");
            await(firstCame);
            assertThat(proxy.routing().current().upstream("up-t.local").hedgeAfterNanos())
                    .isEqualTo(Long.MAX_VALUE);
            released.countDown();
            assertThat(client.read().body()).isEqualTo("only");
        }
        assertThat(slowOnes).hasValue(1);
    }
}
