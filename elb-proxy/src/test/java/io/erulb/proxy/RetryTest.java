package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.ProxyFixture.Completed;
import io.erulb.proxy.RawClient.RawAnswer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request goes to another server, and when it must not. */
class RetryTest {
    private ProxyFixture proxy;

    @BeforeEach
    void start() {
        proxy = ProxyFixture.start(builder -> builder.timeouts(ProxyFixture.SHORT));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private static Map<String, String> servers(String... addresses) {
        Map<String, String> servers = new LinkedHashMap<>();
        for (String address : addresses) {
            servers.put(address, "max_fails=0");
        }
        return servers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aServerThatRefusesConnectionsCostsNobodyARequest(String method) throws IOException {
        try (RawServer good = RawServer.named("good")) {
            proxy.route("t.local", servers("127.0.0.1:" + RawServer.unusedPort(), good.address()));

            for (int i = 0; i < 4; i++) {
                try (RawClient client = proxy.client()) {
                    client.send(method + " / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 4\r\n\r\nbody");

                    assertThat(client.read().body()).isEqualTo("good");
                    assertThat(good.lastRequest().text()).isEqualTo("body");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "504"})
    void aFailureStatusIsTriedElsewhere(String status) throws IOException {
        try (RawServer bad = RawServer.start((request, exchange) ->
                        exchange.send("HTTP/1.1 " + status + " X\r\nContent-Length: 3\r\n\r\nbad"));
                RawServer good = RawServer.named("good")) {
            proxy.route("t.local", servers(bad.address(), good.address()));

            for (int i = 0; i < 4; i++) {
                assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
            }
            assertThat(bad.requests()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 502, 503})
    void otherStatusesAreTheAnswer(int status) throws IOException {
        try (RawServer one = RawServer.start((request, exchange) ->
                        exchange.send("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
                RawServer two = RawServer.start((request, exchange) ->
                        exchange.send("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"))) {
            proxy.route("t.local", servers(one.address(), two.address()));

            assertThat(proxy.get("t.local", "/").status()).isEqualTo(status);
            assertThat(one.requests().size() + two.requests().size()).isEqualTo(1);
        }
    }

    @Test
    void theLastStatusIsTheAnswerWhenThreeServersFailed() throws IOException {
        RawServer.Script failing =
                (request, exchange) -> exchange.send("HTTP/1.1 500 X\r\nContent-Length: 4\r\n\r\noops");
        try (RawServer a = RawServer.start(failing);
                RawServer b = RawServer.start(failing);
                RawServer c = RawServer.start(failing);
                RawServer d = RawServer.start(failing)) {
            proxy.route("t.local", servers(a.address(), b.address(), c.address(), d.address()));

            RawAnswer answer = proxy.get("t.local", "/");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("oops");
            int tries = a.requests().size()
                    + b.requests().size()
                    + c.requests().size()
                    + d.requests().size();
            assertThat(tries).isEqualTo(3);
            assertThat(proxy.completed()).extracting(Completed::status).containsExactly(500);
        }
    }

    @Test
    void aServerThatClosesWithoutAnAnswerIsTriedElsewhere() throws IOException {
        try (RawServer rude =
                        RawServer.start((request, exchange) -> exchange.socket().close());
                RawServer good = RawServer.named("good")) {
            proxy.route("t.local", servers(rude.address(), good.address()));

            for (int i = 0; i < 4; i++) {
                assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
            }
        }
    }

    @Test
    void aServerThatTalksSomethingElseIsTriedElsewhereAndThenABadGateway() throws IOException {
        RawServer.Script ssh = (request, exchange) -> exchange.send("SSH-2.0-OpenSSH_9.2\r\n");
        try (RawServer bad = RawServer.start(ssh);
                RawServer worse = RawServer.start(ssh);
                RawServer good = RawServer.named("good")) {
            proxy.route("t.local", servers(bad.address(), good.address()));
            proxy.route("bad.local", servers(bad.address(), worse.address()));

            assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
            assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
            assertThat(proxy.get("bad.local", "/").status()).isEqualTo(502);
        }
    }

    @Test
    void aServerThatHangsIsTriedElsewhereAndThenAGatewayTimeout() throws IOException {
        RawServer.Script hanging = (request, exchange) -> exchange.in().read();
        try (RawServer hung = RawServer.start(hanging);
                RawServer good = RawServer.named("good")) {
            proxy.route("t.local", servers(hung.address(), good.address()));
            proxy.route("hung.local", servers(hung.address()));

            assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
            assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
            assertThat(proxy.get("hung.local", "/").status()).isEqualTo(504);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "LOCK"})
    void aRequestThatWasSentAndMayNotBeRepeatedIsNot(String method) throws IOException {
        try (RawServer one =
                        RawServer.start((request, exchange) -> exchange.socket().close());
                RawServer two =
                        RawServer.start((request, exchange) -> exchange.socket().close());
                RawClient client = proxy.client()) {
            proxy.route("t.local", servers(one.address(), two.address()));

            client.send(method + " / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 1\r\n\r\nx");

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(one.requests().size() + two.requests().size()).isEqualTo(1);
        }
    }

    @Test
    void aRepeatableUploadIsSentAgainAsAWhole() throws IOException {
        String upload = "0123456789".repeat(5000);
        try (RawServer rude =
                        RawServer.start((request, exchange) -> exchange.socket().close());
                RawServer good = RawServer.named("good");
                RawClient client = proxy.client()) {
            proxy.route("t.local", servers(rude.address(), good.address()));
            for (int i = 0; i < 2; i++) {
                client.send(
                        "PUT / HTTP/1.1\r\nHost: t.local\r\nContent-Length: " + upload.length() + "\r\n\r\n" + upload);

                assertThat(client.read().body()).isEqualTo("good");
                assertThat(good.lastRequest().text()).isEqualTo(upload);
            }
            assertThat(rude.requests()).isNotEmpty();
        }
    }

    @Test
    void anUploadThatIsStillComingWhenItsServerGoesReachesTheNextAsAWhole() throws IOException {
        String part = "0123456789".repeat(100);
        try (RawServer rude = RawServer.startRude();
                RawServer good = RawServer.named("good")) {
            proxy.route("t.local", servers(rude.address(), good.address()));
            for (int i = 0; i < 20; i++) {
                try (RawClient client = proxy.client()) {
                    client.send("PUT / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 50000\r\n\r\n");
                    for (int sent = 0; sent < 50; sent++) {
                        client.send(part);
                    }

                    assertThat(client.read().body()).isEqualTo("good");
                    assertThat(good.lastRequest().text()).isEqualTo(part.repeat(50));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aConnectionTheServerClosedMeanwhileCostsNobodyARequest(String method) throws IOException {
        try (RawServer server = RawServer.named("good");
                RawClient client = proxy.route("t.local", server).client()) {
            for (int i = 0; i < 5; i++) {
                client.send(method + " / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 1\r\n\r\nx");

                assertThat(client.read().body()).isEqualTo("good");
                server.closeConnections();
            }
            assertThat(server.requests()).hasSize(5);
            assertThat(proxy.routing()
                            .current()
                            .upstreams()
                            .get("up-t.local")
                            .live()
                            .peers()
                            .get(0)
                            .fails())
                    .isZero();
        }
    }

    @Test
    void aServerThatClosesEachConnectionAfterItsAnswerIsNoFailure() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.ok("good");
                    exchange.socket().close();
                });
                RawClient client = proxy.route("t.local", server).client()) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.get("t.local", "/").body()).isEqualTo("good");
            }
            assertThat(server.requests()).hasSize(50);
        }
    }

    @Test
    void anUpstreamWithoutAServerIsUnavailableAtOnce() throws IOException {
        proxy.rules("empty.local", ProxyFixture.backend("nowhere"));
        proxy.route("down.local", Map.of("127.0.0.1:1", "down"));

        assertThat(proxy.get("empty.local", "/").status()).isEqualTo(503);
        assertThat(proxy.get("down.local", "/").status()).isEqualTo(503);
    }
}
