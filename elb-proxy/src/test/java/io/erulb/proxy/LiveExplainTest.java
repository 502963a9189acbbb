package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request with {@code ELB-Explain: 1} is told which way it took, if its sender may ask; servers hear nothing of it. */
class LiveExplainTest {
    private static final String ASKS = "ELB-Explain: 1\r\nELB-Token: s3cret\r\n";
    private static final String RULES = """
            {"init": "old", "rules": {
              "old": {"type": "path", "args": {"pattern": "/old", "succ": "gone", "fail": "app"}},
              "gone": {"type": "respond", "args": {"status": 410}},
              "app": {"type": "path", "args": {"pattern": "/app", "succ": "up"}},
              "up": {"type": "backend", "args": {"servername": "up-other.local"}}}}""";

    private static ProxyFixture proxy(Front.Kind kind, RawServer server) {
        return ProxyFixture.start(kind, LiveExplainTest::toThoseWhoKnow)
                .route("other.local", server)
                .rules("t.local", RULES);
    }

    private static void toThoseWhoKnow(ElbProxyBuilder builder) {
        builder.explainTo(
                exchange -> "s3cret".equals(exchange.getRequestHeaders().getFirst("ELB-Token")));
    }

    private static RawAnswer get(ProxyFixture proxy, String target, String fields) throws Exception {
        try (RawClient client = proxy.client()) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: t.local\r\n" + fields + "\r\n")
                    .read();
        }
    }

    private static List<String> told(RawAnswer answer) {
        return answer.head()
                .lines()
                .filter(line -> line.startsWith("ELB-"))
                .filter(line -> !line.startsWith("ELB-Version: "))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Front.Kind.class)
    void whoMayAskIsToldTheWayTheUpstreamAndTheServer(Front.Kind kind) throws Exception {
        try (RawServer server = RawServer.named("done");
                ProxyFixture proxy = proxy(kind, server)) {
            RawAnswer answer = get(proxy, "/app", ASKS);

            assertThat(answer.body()).isEqualTo("done");
            assertThat(told(answer))
                    .containsExactly(
                            "ELB-Domain: t.local",
                            "ELB-Path: old- app+ up",
                            "ELB-Revision: " + proxy.routing().current().sourceRevision(),
                            "ELB-Server: " + server.address(),
                            "ELB-Upstream: up-other.local");
            assertThat(answer.field("ELB-Version"))
                    .isEqualTo(Long.toString(proxy.routing().current().version()));
            assertThat(answer.field("Vary")).isEqualTo("ELB-Explain");
        }
    }

    @ParameterizedTest
    @CsvSource({"/old, 410, old+ gone", "/, 403, old- app-"})
    void soAreThoseWhomTheRulesAnswer(String target, int status, String path) throws Exception {
        try (RawServer server = RawServer.named("done");
                ProxyFixture proxy = proxy(Front.Kind.OUR_LISTENER, server)) {
            RawAnswer answer = get(proxy, target, ASKS);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(told(answer)).contains("ELB-Path: " + path).noneMatch(line -> line.contains("Server"));
        }
    }

    @Test
    void whereNoDomainTakesItTheConfigurationIsTold() throws Exception {
        try (ProxyFixture proxy =
                ProxyFixture.start(LiveExplainTest::toThoseWhoKnow).rules("u.local", RULES)) {
            RawAnswer answer = get(proxy, "/", ASKS);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(told(answer)).hasSize(1).first().asString().startsWith("ELB-Revision: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ELB-Token: s3cret\r\n",
                "ELB-Explain: 1\r\n",
                "ELB-Explain: 0\r\nELB-Token: s3cret\r\n",
                "ELB-Explain: 1\r\nELB-Token: guess\r\n"
            })
    void othersAreServedAsEver(String fields) throws Exception {
        try (RawServer server = RawServer.named("done");
                ProxyFixture proxy = proxy(Front.Kind.OUR_LISTENER, server)) {
            RawAnswer answer = get(proxy, "/app", fields);

            assertThat(answer.body()).isEqualTo("done");
            assertThat(told(answer)).isEmpty();
            assertThat(answer.field("ELB-Version")).isNull();
            assertThat(answer.field("Vary")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Front.Kind.class)
    void noServerHearsOfTheWishOrTheToken(Front.Kind kind) throws Exception {
        try (RawServer server = RawServer.named("done");
                ProxyFixture proxy = proxy(kind, server)) {
            Stream<String> ways = Stream.of(
                    ASKS,
                    "elb-explain: 1\r\nelb-token: s3cret\r\nelb-token: s3cret\r\n",
                    "ELB-Token: s3cret\r\n",
                    "ELB_TOKEN: s3cret\r\nELB_Explain: 1\r\n",
                    "ELB-Explain: 1\r\nELB-Token: guess s3cret\r\n",
                    "ELB-Explain: 2\r\nELB-Token: s3cret\r\n");
            for (String fields : ways.toList()) {
                assertThat(get(proxy, "/app", fields + "X-Other: goes\r\n").body())
                        .isEqualTo("done");
            }

            assertThat(server.requests())
                    .hasSize(6)
                    .allSatisfy(request -> assertThat(request.head().toLowerCase(Locale.ROOT))
                            .contains("x-other: goes")
                            .doesNotContain("s3cret", "explain", "token"));
        }
    }

    @Test
    void byDefaultNobodyIsTold() throws Exception {
        try (RawServer server = RawServer.named("done");
                ProxyFixture proxy = ProxyFixture.start().route("t.local", server)) {
            assertThat(told(get(proxy, "/", ASKS))).isEmpty();
            assertThat(server.requests().get(0).head()).doesNotContain("s3cret", "Explain");
        }
    }

    @Test
    void theSameRulesGoForWhoAsks() throws Exception {
        try (ProxyFixture proxy =
                ProxyFixture.start(LiveExplainTest::toThoseWhoKnow).rules("t.local", """
                {"init": "asks", "rules": {
                  "asks": {"type": "header", "args": {"name": "ELB-Explain", "prefix": "", "succ": "no", "fail": "yes"}},
                  "no": {"type": "respond", "args": {"status": 400}},
                  "yes": {"type": "respond", "args": {"status": 200}}}}""")) {
            assertThat(get(proxy, "/", ASKS).field("ELB-Path")).isEqualTo("asks- yes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ELB-Token: s3cret\r\n", ASKS})
    void rulesDoNotSeeTheToken(String fields) throws Exception {
        try (ProxyFixture proxy =
                ProxyFixture.start(LiveExplainTest::toThoseWhoKnow).rules("t.local", """
                {"init": "sees", "rules": {
                  "sees": {"type": "header", "args": {"name": "ELB-Token", "prefix": "", "succ": "yes", "fail": "no"}},
                  "yes": {"type": "respond", "args": {"status": 400}},
                  "no": {"type": "respond", "args": {"status": 200}}}}""")) {
            assertThat(get(proxy, "/", fields).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNoHeaderValueIsWrittenInPercents() {
        assertThat(LiveExplain.visible("r1+ größe\u0001\r\n- 100% r\"2\""))
                .isEqualTo("r1+ gr%C3%B6%C3%9Fe%01%0D%0A- 100%25 r\"2\"");
        assertThat(LiveExplain.visible(" r ")).isEqualTo("%20r%20");
        assertThat(LiveExplain.visible("r".repeat(5000))).hasSize(4099).endsWith("r...");
    }

    @Test
    void aRuleOfAnyNameIsTold() throws Exception {
        try (ProxyFixture proxy =
                ProxyFixture.start(LiveExplainTest::toThoseWhoKnow).rules("t.local", """
                {"init": "a\\r\\nSet-Cookie: x=1\\u20ac", "rules": {
                  "a\\r\\nSet-Cookie: x=1\\u20ac": {"type": "respond", "args": {"status": 200}}}}""")) {
            RawAnswer answer = get(proxy, "/", ASKS);

            assertThat(answer.field("ELB-Path")).isEqualTo("a%0D%0ASet-Cookie: x=1%E2%82%AC");
            assertThat(answer.field("Set-Cookie")).isNull();
        }
    }
}
