package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of answers that a real etcd is not easily brought to; ImportIT has the others. */
@Timeout(30)
class EtcdV2Test {

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String answerTo(int status, byte[] body) throws Exception {
        HttpServer server = server(exchange -> answer(exchange, status, body));
        try {
            return new EtcdV2().keys(uri(server), "ELB");
        } finally {
            server.stop(0);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theWholeTreeBelowTheNameIsAskedFor() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        HttpServer server = server(exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answer(exchange, 200, bytes("{}"));
        });
        try {
            assertThat(new EtcdV2().keys(uri(server), "my elb?\u00fc%20")).isEqualTo("{}");
        } finally {
            server.stop(0);
        }

        assertThat(asked).hasValue("GET /v2/keys/my%20elb%3F%C3%BC%2520?recursive=true&sorted=true&quorum=true");
    }

    @Test
    void anotherStatusIsToldWithTheFirstLine() {
        assertThatThrownBy(() -> answerTo(401, bytes("{\"message\":\"Insufficient credentials\"}\nmore")))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("etcd answers 401: {\"message\":\"Insufficient credentials\"}");
        assertThatThrownBy(() -> answerTo(302, bytes(""))).hasMessage("etcd answers 302: nothing");
    }

    @Test
    void anAnswerHasToBeUtf8() {
        assertThatThrownBy(() -> answerTo(200, new byte[] {'{', (byte) 0xff})).hasMessage("the answer is not UTF-8");
    }

    @Test
    @Timeout(15)
    void anAnswerThatDoesNotEndIsGivenUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = server(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            asked.countDown();
            await(over);
        });
        try {
            EtcdV2 impatient = new EtcdV2(Duration.ofSeconds(5), Duration.ofSeconds(1));

            assertThatThrownBy(() -> impatient.keys(uri(server), "ELB")).hasMessage("no whole answer within 1 s");
            assertThat(asked.getCount()).isZero();
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPeerThatIsNoHttpServerIsTold() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> greet(socket), "no-http");
            peer.start();

            assertThatThrownBy(() -> new EtcdV2().keys(URI.create("http://127.0.0.1:" + socket.getLocalPort()), "ELB"))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageStartingWith("no answer that could be read: ");
            peer.join();
        }
    }

    private static void greet(ServerSocket socket) {
        try (var connection = socket.accept()) {
            connection.getInputStream().read();
            connection.getOutputStream().write(bytes("SSH-2.0\r\n\r\n"));
        } catch (IOException gone) {
            // The client has seen enough.
        }
    }

    @Test
    void aHostThatIsNotKnownIsTold() {
        assertThatThrownBy(() -> new EtcdV2().keys(URI.create("http://nowhere.invalid:2379"), "ELB"))
                .hasMessage("no connection: nobody listens there, or no host has this name");
    }
}
