package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Requests one after the other, ahead of their answers, half-closed, upgraded, given up; and interim answers. */
@Timeout(60)
class ConversationTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final String EXPECTING =
            "POST / HTTP/1.1\r\nHost: a.local\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: a.local\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";

    private final RecordingHandler recorder = new RecordingHandler();
    private final CompletableFuture<HttpServerExchange> running = new CompletableFuture<>();
    private Http1Fixture server;
    private RawClient client;

    private void serve(HttpHandler handler) throws IOException {
        server = new Http1Fixture(handler);
        client = server.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    /** Leaves the request unanswered until the test answers it. */
    private void hold(HttpServerExchange exchange) {
        exchange.dispatch(exchange.getIoThread(), () -> running.complete(exchange));
    }

    private void answer(String text) {
        HttpServerExchange exchange = running.join();
        exchange.getIoThread().execute(() -> exchange.getResponseSender().send(text));
    }

    private static Http1Connection connection(HttpServerExchange exchange) {
        return (Http1Connection) exchange.getConnection();
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws IOException {
        AtomicInteger count = new AtomicInteger();
        serve(exchange -> {
            String text = count.incrementAndGet() + exchange.getRequestURI();
            exchange.dispatch(() -> exchange.getResponseSender().send(text));
        });
        int requests = 2000;

        StringBuilder ahead = new StringBuilder();
        for (int i = 1; i <= requests; i++) {
            ahead.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a.local\r\n\r\n");
        }
        client.send(ahead.toString());

        for (int i = 1; i <= requests; i++) {
            assertThat(client.read().body()).isEqualTo(i + "/" + i);
        }
    }

    @Test
    void bodiesAmongRequestsSentAheadStayWithTheirRequests() throws IOException {
        serve(recorder);

        client.send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n"
                + "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(client.read().body()).isEqualTo("3 bytes");
        assertThat(client.read().body()).isEqualTo("2 bytes");
        assertThat(client.read().body()).isEqualTo("0 bytes");
        assertThat(recorder.seen()).extracting(RecordingHandler.Seen::path).containsExactly("/1", "/2", "/3");
    }

    @Test
    void aRefusalComesBehindTheAnswersBeforeIt() throws IOException {
        serve(recorder);

        client.send(GET + "GET / HTTP/1.1\r\nHost : a\r\n\r\n" + GET);

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(recorder.seen()).hasSize(1);
    }

    @Test
    void requestsThatComeWhileOneRunsWait() throws IOException {
        serve(exchange -> {
            if (running.isDone()) {
                exchange.getResponseSender().send("later");
            } else {
                hold(exchange);
            }
        });

        client.send(GET);
        running.join();
        client.send(GET + "GET / HT");
        answer("first");

        assertThat(client.read().body()).isEqualTo("first");
        assertThat(client.read().body()).isEqualTo("later");
        assertThat(client.send("TP/1.1\r\nHost: a\r\n\r\n").read().body()).isEqualTo("later");
    }

    @Test
    void nothingBehindAnAnswerThatClosesIsServed() throws IOException {
        serve(recorder);

        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + GET);

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(recorder.seen()).hasSize(1);
    }

    @Test
    void aHalfClosedClientGetsItsAnswers() throws IOException {
        serve(this::hold);

        client.send(GET).halfClose();
        HttpServerExchange exchange = running.join();
        Eventually.holds("the end was seen", () -> connection(exchange).isHalfClosed());
        answer("hello");

        assertThat(client.read().body()).isEqualTo("hello");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aRequestSentAheadIsServedEvenIfTheClientsEndIsSeenFirst() throws IOException {
        serve(exchange -> {
            if (running.isDone()) {
                exchange.getResponseSender().send("later");
            } else {
                hold(exchange);
            }
        });

        client.send(GET + GET).halfClose();
        HttpServerExchange first = running.join();
        first.getIoThread().execute(() -> {
            first.getResponseSender().send("first");
            // As when both answer and end are ready in one turn of the selector.
            connection(first).loop().readReady();
        });

        assertThat(client.read().body()).isEqualTo("first");
        assertThat(client.read().body()).isEqualTo("later");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aClientThatHalfClosesInAHeadIsTold() throws IOException {
        serve(recorder);

        client.send("GET / HTTP/1.1\r\nHost: a").halfClose();

        assertThat(client.read().status()).isEqualTo(400);
    }

    @Test
    void aClientThatClosesBetweenRequestsHearsNothing() throws IOException {
        serve(recorder);

        client.send(GET).read();
        client.halfClose();

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aClientThatResetsItsConnectionIsNoticedWhileItsRequestRuns() throws IOException {
        CompletableFuture<String> noticed = new CompletableFuture<>();
        serve(exchange -> {
            connection(exchange).onClientGone(() -> noticed.complete("gone"));
            hold(exchange);
        });

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            running.join();
            socket.setSoLinger(true, 0);
        }

        assertThat(noticed.join()).isEqualTo("gone");
    }

    @Test
    void aClientThatGoesBehindItsAnswerIsNotReported() throws IOException {
        AtomicInteger gone = new AtomicInteger();
        serve(exchange -> {
            connection(exchange).onClientGone(gone::incrementAndGet);
            exchange.getResponseSender().send("x");
        });

        client.send(GET).read();
        client.close();
        Eventually.holds("the connection is closed", () -> server.connections() == 0);

        assertThat(gone).hasValue(0);
    }

    @Test
    void undertowsContinueReachesTheClientBeforeItsBody() throws IOException {
        serve(exchange -> HttpContinue.sendContinueResponse(exchange, new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange done, Sender sender) {
                recorder.handleRequest(done);
            }

            @Override
            public void onException(HttpServerExchange done, Sender sender, IOException e) {
                done.endExchange();
            }
        }));

        client.send(EXPECTING);
        String interim = client.readHead();
        RawAnswer answer = client.send("hello").read();

        assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(answer.body()).isEqualTo("5 bytes");
        assertThat(client.send(EXPECTING).readHead()).isEqualTo(interim);
        assertThat(client.send("world").read().body()).isEqualTo("5 bytes");
    }

    @Test
    void undertowsBlockingContinueReachesTheClient() throws IOException {
        serve(exchange -> exchange.dispatch(() -> {
            try {
                HttpContinue.sendContinueResponseBlocking(exchange);
                exchange.startBlocking();
                byte[] body = exchange.getInputStream().readAllBytes();
                exchange.getResponseSender().send(ByteBuffer.wrap(body));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));

        assertThat(client.send(EXPECTING).readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.send("hello").read().body()).isEqualTo("hello");
    }

    @Test
    void aRefusedExpectationEndsTheConnectionSinceABodyMayOrMayNotFollow() throws IOException {
        serve(HttpContinue::rejectExchange);

        RawAnswer answer = client.send(EXPECTING).read();

        assertThat(answer.status()).isEqualTo(417);
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void anAnswerInsteadOfContinueEndsTheConnection() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("no"));

        RawAnswer answer = client.send(EXPECTING).read();

        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void interimAnswersComeBeforeTheFinalOne() throws IOException {
        HeaderMap hints = new HeaderMap().put(new HttpString("Link"), "</s.css>");
        serve(exchange -> {
            assertThat(connection(exchange).sendInterim(103, hints)).isTrue();
            assertThat(connection(exchange).sendInterim(100, new HeaderMap())).isTrue();
            exchange.getResponseSender().send("x");
        });

        client.send(GET);

        assertThat(client.readHead()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.read().body()).isEqualTo("x");
    }

    @Test
    void interimAnswersThatASlowClientHasNotReadWaitAndAreBounded() throws IOException {
        HeaderMap hints = new HeaderMap().put(new HttpString("Link"), "y".repeat(16_000));
        String interim = "HTTP/1.1 103 Early Hints\r\nLink: " + "y".repeat(16_000) + "\r\n\r\n";
        CompletableFuture<Integer> sent = new CompletableFuture<>();
        serve(exchange -> {
            int count = 0;
            while (connection(exchange).sendInterim(103, hints)) {
                count++;
            }
            sent.complete(count);
            exchange.getResponseSender().send("x");
        });

        client.send(GET);
        int count = sent.join();

        assertThat(client.readText(count * interim.length())).isEqualTo(interim.repeat(count));
        assertThat(client.read().body()).isEqualTo("x");
        assertThat(client.send("GET / HTTP/1.0\r\n\r\n").read().body()).isEqualTo("x");
    }

    @Test
    void oldClientsGetNoInterimAnswer() throws IOException {
        serve(exchange -> exchange.getResponseSender()
                .send("sent: " + connection(exchange).sendInterim(103, new HeaderMap())));

        assertThat(client.send("GET / HTTP/1.0\r\n\r\n").read().body()).isEqualTo("sent: false");
    }

    @Test
    void aSwitchOfProtocolsIsNoInterimAnswer() throws IOException {
        serve(exchange -> {
            assertThatThrownBy(() -> connection(exchange).sendInterim(101, new HeaderMap()))
                    .hasMessage("status: 101 (expected: 100 to 199, but not 101)");
            exchange.getResponseSender().send("x");
        });

        assertThat(client.send(GET).read().body()).isEqualTo("x");
    }

    private static void echo(StreamConnection upgraded) {
        ConduitStreamSourceChannel source = upgraded.getSourceChannel();
        source.setReadListener(channel -> {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            try {
                int n = channel.read(buffer);
                if (n < 0) {
                    IoUtils.safeClose(upgraded);
                } else {
                    upgraded.getSinkChannel().write(buffer.flip());
                }
            } catch (IOException e) {
                IoUtils.safeClose(upgraded);
            }
        });
        source.resumeReads();
    }

    @Test
    void anUpgradedConnectionIsRawAndHasTheBytesSentAhead() throws IOException {
        serve(exchange -> exchange.upgradeChannel("echo", (upgraded, done) -> echo(upgraded)));

        client.send(UPGRADE + "ahead");
        String head = client.readHead();

        assertThat(head)
                .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                .contains("\r\nUpgrade: echo\r\n", "\r\nConnection: Upgrade\r\n")
                .doesNotContain("Content-Length", "Transfer-Encoding");
        assertThat(client.readText(5)).isEqualTo("ahead");
        client.send("more");
        assertThat(client.readText(4)).isEqualTo("more");
        client.halfClose();
        assertThat(client.isClosedByServer()).isTrue();
    }
}
