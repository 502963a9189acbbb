package io.erulb.proxy.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which domain a request belongs to, and what the rules of a domain do to it on the wire. */
class DomainCompatTest {
    private ProxyFixture proxy;
    private RawServer plain;
    private RawServer withPort;
    private RawServer wildcard;
    private RawServer deeper;

    @BeforeEach
    void start() throws IOException {
        plain = RawServer.named("plain");
        withPort = RawServer.named("with port");
        wildcard = RawServer.named("wildcard");
        deeper = RawServer.named("deeper");
        proxy = ProxyFixture.start()
                .route("t.local", plain)
                .route("t.local:8080", withPort)
                .route("*.local", wildcard)
                .route("*.deep.local", deeper);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        plain.close();
        withPort.close();
        wildcard.close();
        deeper.close();
    }

    @ParameterizedTest
    @CsvSource({
        "t.local, plain",
        "t.local:9090, plain",
        "T.LOCAL, plain",
        "t.local., plain",
        "T.Local.:9090, plain",
        "t.local:8080, with port",
        "T.LOCAL:8080, with port",
        "x.local, wildcard",
        "a.b.local:1234, wildcard",
        "a.deep.local, deeper",
        "a.b.deep.local, deeper",
        "deep.local, wildcard"
    })
    void theDomainIsFoundByTheHost(String host, String server) throws IOException {
        assertThat(proxy.get(host, "/").body()).isEqualTo(server);
    }

    @Test
    void theAuthorityOfAnAbsoluteTargetDecides() throws IOException {
        try (RawClient client = proxy.client()) {
            client.send("GET http://T.local:9090/a?x HTTP/1.1\r\nHost: x.local\r\n\r\n");

            assertThat(client.read().body()).isEqualTo("plain");
            assertThat(plain.lastRequest().target()).isEqualTo("/a?x");
            assertThat(plain.lastRequest().fields("Host")).containsExactly("T.local:9090");
        }
    }

    @Test
    void anUnknownDomainIsNotFound() throws IOException {
        assertThat(proxy.get("elsewhere", "/").status()).isEqualTo(404);
        assertThat(proxy.completed()).isEmpty();
    }

    @Test
    void theDefaultDomainTakesWhatNoOtherTakes() throws IOException {
        try (RawServer fallback = RawServer.named("fallback")) {
            proxy.route("*", fallback);

            assertThat(proxy.get("elsewhere", "/").body()).isEqualTo("fallback");
            assertThat(proxy.get("t.local", "/").body()).isEqualTo("plain");
        }
    }

    @Test
    void anEdgeThatIsNotThereIsForbidden() throws IOException {
        proxy.rules(
                "edge.local",
                "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"ua\",\"args\":{\"pattern\":\"curl\",\"succ\":\"b\"}},"
                        + "\"b\":{\"type\":\"backend\",\"args\":{\"servername\":\"up-t.local\"}}}}");

        assertThat(proxy.get("edge.local", "/").status()).isEqualTo(403);
    }

    @Test
    void anUnknownUpstreamIsUnavailableAtOnce() throws IOException {
        proxy.rules("lost.local", ProxyFixture.backend("no-such-upstream"));
        long start = System.nanoTime();

        assertThat(proxy.get("lost.local", "/").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aBackendMayNameAServerInsteadOfAnUpstream() throws IOException {
        proxy.rules("direct.local", ProxyFixture.backend(plain.address()));
        proxy.rules("named.local", ProxyFixture.backend(plain.address().replace("127.0.0.1", "localhost")));

        assertThat(proxy.get("direct.local", "/").body()).isEqualTo("plain");
        assertThat(proxy.get("named.local", "/").body()).isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^\\\\/blog\\\\/(\\\\S+)$", "^/blog(/\\\\S+)$"})
    void aRewrittenPathHasOneLeadingSlashAndKeepsTheQuery(String pattern) throws IOException {
        proxy.rules(
                "blog.local",
                "{\"init\":\"p\",\"rules\":{\"p\":{\"type\":\"path\",\"args\":{\"regex\":true,\"rewrite\":true,\"pattern\":\""
                        + pattern + "\",\"succ\":\"b\",\"fail\":\"b\"}},"
                        + "\"b\":{\"type\":\"backend\",\"args\":{\"servername\":\"up-t.local\"}}}}");

        proxy.get("blog.local", "/blog/a%C3%A9b/c?x=1");

        assertThat(plain.lastRequest().target()).isEqualTo("/a%C3%A9b/c?x=1");
    }

    @Test
    void otherArgumentsOfABackendAreSetOverTheClientsFields() throws IOException {
        proxy.rules(
                "set.local",
                "{\"init\":\"b\",\"rules\":{\"b\":{\"type\":\"backend\",\"args\":{\"servername\":\"up-t.local\","
                        + "\"X-Tag\":\"ours\",\"X-List\":[\"a\",\"b\"],\"X-Count\":3,\"X-Gone\":null}}}}");
        try (RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: set.local\r\nx-tag: theirs\r\nX-Gone: kept\r\n\r\n")
                    .read();

            assertThat(plain.lastRequest().fields("X-Tag")).containsExactly("ours");
            assertThat(plain.lastRequest().fields("X-List")).containsExactly("a", "b");
            assertThat(plain.lastRequest().fields("X-Count")).containsExactly("3");
            assertThat(plain.lastRequest().fields("X-Gone")).containsExactly("kept");
        }
    }
}
