package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches the server of a request, and the client of an answer. */
class ForwardingTest {
    private ProxyFixture proxy;

    @BeforeEach
    void start() {
        proxy = ProxyFixture.start(front(), settings -> {});
    }

    Front.Kind front() {
        return Front.Kind.OUR_LISTENER;
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void passesAnAnswerWithItsBody() throws IOException {
        try (RawServer server = RawServer.named("hello")) {
            proxy.route("t.local", server);

            RawAnswer answer = proxy.get("t.local", "/a");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(server.lastRequest().line()).isEqualTo("GET /a HTTP/1.1");
        }
    }

    @Test
    void usesOneConnectionToTheServerForManyRequests() throws IOException {
        try (RawServer server = RawServer.named("x");
                RawClient client = proxy.route("t.local", server).client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("t.local", "/" + i).body()).isEqualTo("x");
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void usesNoConnectionThatItsServerSaysItCloses() throws IOException {
        try (RawServer server = RawServer.start(
                        (request, exchange) -> exchange.send(
                                "HTTP/1.0 200 OK\r\nConnection: close\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"));
                RawClient client = proxy.route("t.local", server).client()) {
            client.get("t.local", "/1");
            client.get("t.local", "/2");

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void decodesChunksOfTheServerAndChunksForTheClient() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> exchange.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n"))) {
            proxy.route("t.local", server);

            RawAnswer answer = proxy.get("t.local", "/");

            assertThat(answer.field("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(answer.body()).isEqualTo("abcde");
            assertThat(answer.complete()).isTrue();
        }
    }

    @Test
    void takesABodyThatEndsWithTheConnection() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
            exchange.socket().close();
        })) {
            proxy.route("t.local", server);

            RawAnswer answer = proxy.get("t.local", "/");

            assertThat(answer.body()).isEqualTo("until the end");
            assertThat(answer.complete()).isTrue();
        }
    }

    @Test
    void passesABodyOfManyMegabytesUnchanged() throws IOException {
        byte[] big = new byte[8 << 20];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) ((i * 31) >> 3);
        }
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + big.length + "\r\n\r\n");
                    exchange.out().write(big);
                });
                RawClient client = proxy.route("t.local", server).client()) {
            assertThat(client.get("t.local", "/1").bytes()).isEqualTo(big);
            assertThat(client.get("t.local", "/2").bytes()).isEqualTo(big);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void streamsAnUploadWithItsLength() throws IOException {
        String upload = "0123456789".repeat(300_000);
        try (RawServer server = RawServer.named("thanks");
                RawClient client = proxy.route("t.local", server).client()) {
            client.send(
                    "POST /up HTTP/1.1\r\nHost: t.local\r\nContent-Length: " + upload.length() + "\r\n\r\n" + upload);

            assertThat(client.read().body()).isEqualTo("thanks");
            assertThat(server.lastRequest().text()).isEqualTo(upload);
            assertThat(server.lastRequest().field("Content-Length")).isEqualTo("" + upload.length());
            assertThat(client.get("t.local", "/next").body()).isEqualTo("thanks");
        }
    }

    @Test
    void streamsAnUploadInChunks() throws IOException {
        String part = "0123456789".repeat(1000);
        try (RawServer server = RawServer.named("thanks");
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("POST /up HTTP/1.1\r\nHost: t.local\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 50; i++) {
                client.send(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            }
            client.send("0\r\n\r\n");

            assertThat(client.read().body()).isEqualTo("thanks");
            assertThat(server.lastRequest().text()).isEqualTo(part.repeat(50));
            assertThat(server.lastRequest().field("Transfer-Encoding")).isEqualTo("chunked");
        }
    }

    @Test
    void sendsEachPartOfAnAnswerOnAsItComes() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    exchange.send("5\r\nfirst\r\n");
                    await(firstSeen);
                    exchange.send("4\r\nlast\r\n0\r\n\r\n");
                });
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n").readHead();

            assertThat(client.readChunk()).isEqualTo("first");
            firstSeen.countDown();
            assertThat(client.readChunk()).isEqualTo("last");
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    void sendsTheHeadOfAnAnswerWithoutWaitingForItsBody() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
                    await(headSeen);
                    exchange.send("body");
                });
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");

            assertThat(client.readHead()).contains("200");
            headSeen.countDown();
            assertThat(client.readText(4)).isEqualTo("body");
        }
    }

    @Test
    void anAnswerThatWasCutNeverLooksComplete() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
            exchange.socket().close();
        })) {
            proxy.route("t.local", server);

            RawAnswer answer = proxy.get("t.local", "/");

            assertThat(answer.complete()).isFalse();
            assertThat(answer.body()).startsWith("first");
        }
    }

    @Test
    void answersToHeadHaveTheLengthAndNoBody() throws IOException {
        try (RawServer server = RawServer.start(
                        (request, exchange) -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
                RawClient client = proxy.route("t.local", server).client()) {
            for (int i = 0; i < 3; i++) {
                RawAnswer answer =
                        client.send("HEAD / HTTP/1.1\r\nHost: t.local\r\n\r\n").read(true);

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.field("Content-Length")).isEqualTo("1000");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> exchange.ok(request.target()));
                RawClient client = proxy.route("t.local", server).client()) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                many.append("GET /").append(i).append(" HTTP/1.1\r\nHost: t.local\r\n\r\n");
            }
            client.send(many.toString());

            for (int i = 0; i < 30; i++) {
                assertThat(client.read().body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void theServersWordsForContinueReachTheClient() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
                    exchange.ok(new String(request.readBody(exchange.in()), StandardCharsets.US_ASCII));
                });
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("POST / HTTP/1.1\r\nHost: t.local\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(100);
            client.send("body");
            assertThat(client.read().body()).isEqualTo("body");
        }
    }

    @Test
    void aWebSocketPassesBytesBothWaysUntilBothEnd() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Accept: x\r\n\r\nearly");
                    exchange.in().transferTo(exchange.out());
                });
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET /ws HTTP/1.1\r\nHost: t.local\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: k\r\n\r\n");

            assertThat(client.readHead()).contains("101").contains("Sec-WebSocket-Accept: x");
            assertThat(server.lastRequest().field("Upgrade")).isEqualTo("websocket");
            assertThat(server.lastRequest().field("Connection")).isEqualToIgnoringCase("upgrade");
            assertThat(client.readText(5)).isEqualTo("early");
            assertThat(client.send("ping").readText(4)).isEqualTo("ping");
            assertThat(client.halfClose().isClosedByServer()).isTrue();
        }
    }

    @Test
    void onlyConfiguredProtocolsAreSwitchedTo() throws IOException {
        try (RawServer server = RawServer.named("plain");
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AA\r\n\r\n");

            assertThat(client.read().body()).isEqualTo("plain");
            assertThat(server.lastRequest().field("Upgrade")).isNull();
            assertThat(server.lastRequest().field("HTTP2-Settings")).isNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAnswerToAnUploadThatTheServerDidNotReadReachesTheClient() throws Exception {
        try (RawServer server = RawServer.start((request, exchange) -> {
            exchange.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
            exchange.socket().close();
        })) {
            proxy.route("t.local", server);

            for (int i = 0; i < 30; i++) {
                // The server of these tests leaves bodies of requests with Expect to its script.
                String head = "POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 20000000\r\nExpect: nothing\r\n\r\n";
                assertThat(upload(head, new byte[20_000_000]).status()).isEqualTo(413);
            }
        }
    }

    private RawAnswer upload(String head, byte[] body) throws Exception {
        try (RawClient client = proxy.client()) {
            Thread sender = new Thread(() -> {
                try {
                    client.send(head).send(body);
                } catch (IOException refused) {
                    // The proxy takes no more once it has answered.
                }
            });
            sender.start();
            RawAnswer answer = client.read();
            client.reset();
            sender.join();
            return answer;
        }
    }
}
