package io.erulb.proxy.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.proxy.RawServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxying as clients of the original know it. */
class ProxyingCompatTest {
    private ProxyFixture proxy;
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = RawServer.start((request, exchange) -> exchange.send("HTTP/1.1 200 OK\r\nServer: theirs\r\n"
                + "Date: Mon, 01 Jan 2001 00:00:00 GMT\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"));
        proxy = ProxyFixture.start().route("t.local", server);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a//b/./c/../d",
                "/%7Efoo/%2F%2f",
                "/a;p=1/b?x=1&y=%20+z",
                "/p?q=/a?b",
                "/?",
                "/a?",
                "/|\"{}`^",
                "/\u00c3\u00a9",
                "/favicon.ico",
                "/x/favicon.ico?v=2"
            })
    void theRequestTargetGoesOnByteForByte(String target) throws IOException {
        assertThat(proxy.get("t.local", target).status()).isEqualTo(200);

        assertThat(server.lastRequest().target()).isEqualTo(target);
    }

    @Test
    void theClientsAddressIsToldAndItsClaimsReplaced() throws IOException {
        try (RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\nX-Forwarded-For: 192.0.2.7\r\nX-Real-IP: 192.0.2.8\r\n"
                            + "REMOTE-HOST: 192.0.2.9\r\n\r\n")
                    .read();

            assertThat(server.lastRequest().fields("X-Forwarded-For")).containsExactly("192.0.2.7, 127.0.0.1");
            assertThat(server.lastRequest().fields("X-Real-IP")).containsExactly("127.0.0.1");
            assertThat(server.lastRequest().fields("REMOTE-HOST")).containsExactly("127.0.0.1");
        }
    }

    @Test
    void hostGoesOnAsTheClientSentIt() throws IOException {
        proxy.get("T.Local:8080", "/");

        assertThat(server.lastRequest().fields("Host")).containsExactly("T.Local:8080");
    }

    @Test
    void hopByHopFieldsEndHere() throws IOException {
        try (RawClient client = proxy.client()) {
            client.send(
                            "GET / HTTP/1.1\r\nHost: t.local\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\n"
                                    + "Keep-Alive: timeout=5\r\nTE: trailers\r\nProxy-Connection: keep-alive\r\nX-Other: 2\r\n\r\n")
                    .read();

            for (String name : new String[] {"Connection", "X-Mine", "Keep-Alive", "TE", "Proxy-Connection"}) {
                assertThat(server.lastRequest().field(name)).as(name).isNull();
            }
            assertThat(server.lastRequest().field("X-Other")).isEqualTo("2");
        }
    }

    @Test
    void theLengthOfABodyGoesOnWhateverConnectionNames() throws IOException {
        try (RawClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: t.local\r\nConnection: Content-Length, Host, X-Forwarded-For\r\n"
                            + "X-Forwarded-For: 192.0.2.1\r\nContent-Length: 4\r\n\r\nbody")
                    .read();

            assertThat(server.lastRequest().field("Content-Length")).isEqualTo("4");
            assertThat(server.lastRequest().text()).isEqualTo("body");
            assertThat(server.lastRequest().fields("Host")).containsExactly("t.local");
            assertThat(server.lastRequest().fields("X-Forwarded-For")).containsExactly("127.0.0.1");
        }
    }

    @Test
    void hopByHopFieldsOfAnAnswerEndHereToo() throws IOException {
        try (RawServer chatty = RawServer.start((request, exchange) ->
                exchange.send("HTTP/1.1 200 OK\r\nConnection: X-Inner\r\nX-Inner: 1\r\nKeep-Alive: timeout=9\r\n"
                        + "X-Outer: 2\r\nContent-Length: 0\r\n\r\n"))) {
            proxy.route("chatty.local", chatty);

            RawAnswer answer = proxy.get("chatty.local", "/");

            assertThat(answer.field("X-Inner")).isNull();
            assertThat(answer.field("Keep-Alive")).isNull();
            assertThat(answer.field("X-Outer")).isEqualTo("2");
        }
    }

    @Test
    void namesWithUnderscoresPass() throws IOException {
        try (RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\nmy_header: 1\r\n\r\n")
                    .read();

            assertThat(server.lastRequest().field("my_header")).isEqualTo("1");
        }
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws IOException {
        try (ProxyFixture small =
                ProxyFixture.start(builder -> builder.maxBody(1000)).route("t.local", server)) {
            String big = "x".repeat(1001);
            try (RawClient client = small.client()) {
                client.send("POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 1001\r\n\r\n");

                assertThat(client.read().status()).isEqualTo(413);
            }
            try (RawClient client = small.client()) {
                client.send("POST / HTTP/1.1\r\nHost: t.local\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + big
                        + "\r\n0\r\n\r\n");

                assertThat(client.read().status()).isEqualTo(413);
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE / HTTP/1.1\r\nHost: t.local\r\n\r\n"})
    void traceIsNotAllowed(String request) throws IOException {
        try (RawClient client = proxy.client()) {
            RawAnswer answer = client.send(request).read();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.field("Allow")).contains("GET");
        }
    }

    @Test
    void theServersOwnFieldsAndBodyAreKept() throws IOException {
        try (RawClient client = proxy.client()) {
            RawAnswer answer = client.send("GET / HTTP/1.1\r\nHost: t.local\r\nAccept-Encoding: gzip\r\n\r\n")
                    .read();

            assertThat(answer.fields("Server")).containsExactly("theirs");
            assertThat(answer.fields("Date")).containsExactly("Mon, 01 Jan 2001 00:00:00 GMT");
            assertThat(answer.field("Content-Encoding")).isNull();
            assertThat(answer.body()).isEqualTo("<html>");
        }
    }

    @Test
    void connectionsToServersAreKept() throws IOException {
        for (int i = 0; i < 10; i++) {
            proxy.get("t.local", "/");
        }

        assertThat(server.connections()).isLessThanOrEqualTo(2);
    }
}
