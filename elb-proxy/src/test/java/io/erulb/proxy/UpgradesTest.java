package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.RoutingChange;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which protocols a connection may switch to, and when. */
@Timeout(60)
class UpgradesTest {
    private ProxyFixture proxy = ProxyFixture.start();

    @AfterEach
    void stop() {
        proxy.close();
    }

    private void allow(String... protocols) {
        proxy.close();
        proxy = ProxyFixture.start(builder -> builder.upgrades(Upgrades.of(Set.of(protocols))));
    }

    private static String asking(String protocol) {
        return "GET / HTTP/1.1\r\nHost: t.local\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n";
    }

    private static RawServer switching(String protocol) throws IOException {
        return RawServer.start((request, exchange) -> {
            exchange.send("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\ninside");
            exchange.in().read();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "H2C", "websocket, h2c", "h2c, websocket", "websocket2", "HTTP/2.0"})
    void aServerDoesNotHearOfAProtocolThatIsNotAllowed(String protocol) throws IOException {
        try (RawServer server = RawServer.named("plain");
                RawClient client = proxy.route("t.local", server).client()) {
            assertThat(client.send(asking(protocol)).read().body()).isEqualTo("plain");

            assertThat(server.lastRequest().field("Upgrade")).isNull();
            assertThat(client.get("t.local", "/").body()).isEqualTo("plain");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "websocket"})
    void aSwitchThatNobodyAskedForIsNoAnswer(String protocol) throws IOException {
        try (RawServer server = switching(protocol);
                RawClient client = proxy.route("t.local", server).client()) {
            RawAnswer answer = client.send(asking("h2c")).read();

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).doesNotContain("inside");
        }
    }

    @Test
    void aSwitchToAnotherProtocolThanWasAskedForIsNoAnswer() throws IOException {
        try (RawServer server = switching("h2c");
                RawClient client = proxy.route("t.local", server).client()) {
            RawAnswer answer = client.send(asking("websocket")).read();

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).doesNotContain("inside");
        }
    }

    @Test
    void withoutA101TheConnectionStaysHttp() throws IOException {
        try (RawServer server = RawServer.named("plain");
                RawClient client = proxy.route("t.local", server).client()) {
            client.send(asking("websocket") + "PING inside\r\n\r\n");

            assertThat(client.read().body()).isEqualTo("plain");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aConfiguredProtocolIsTunnelled() throws IOException {
        allow("Custom/1");
        try (RawServer server = switching("custom/1");
                RawClient client = proxy.route("t.local", server).client()) {
            assertThat(client.send(asking("custom/1")).readHead()).contains("101");

            assertThat(client.readText(6)).isEqualTo("inside");
        }
    }

    @Test
    void nothingIsTunnelledWhereNothingIsAllowed() throws IOException {
        allow();
        try (RawServer server = RawServer.named("plain");
                RawClient client = proxy.route("t.local", server).client()) {
            assertThat(client.send(asking("websocket")).read().body()).isEqualTo("plain");

            assertThat(server.lastRequest().field("Upgrade")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "H2C", "h2", "HTTP/2.0"})
    void httpItselfCannotBeAllowed(String protocol) {
        assertThatThrownBy(() -> Upgrades.of(Set.of("websocket", protocol)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(protocol.toLowerCase(java.util.Locale.ROOT) + " (expected: no HTTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "web socket", "a,b", "a/b/c"})
    void whatIsNoNameOfAProtocolCannotBeAllowed(String protocol) {
        assertThatThrownBy(() -> Upgrades.of(Set.of(protocol))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSwitchedConnectionOutlivesTheTimeOfARequestAndEndsOnce() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                    int read = exchange.in().read();
                    while (read >= 0) {
                        exchange.out().write(read);
                        read = exchange.in().read();
                    }
                });
                RawClient client = proxy.route("t.local", server).client()) {
            proxy.routing()
                    .apply(RoutingChange.builder()
                            .putPolicy("up-t.local", "{\"timeouts\":{\"whole\":\"100ms\"}}")
                            .build());
            assertThat(client.send(asking("websocket")).read().status()).isEqualTo(101);

            // Longer than the time of a request, by echoes alone.
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 600_000_000L) {
                assertThat(client.send("x").readText(1)).isEqualTo("x");
            }
        }

        Eventually.holds(
                "none is left, of " + proxy.proxy().active(),
                () -> proxy.proxy().active() == 0);
        assertThat(proxy.peer("t.local").active()).isZero();
    }
}
