package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.routing.RoutingChange;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that limit requests, as clients meet them. */
@Timeout(60)
class LimitedRequestsTest {
    private ProxyFixture proxy;

    @AfterEach
    void stop() {
        proxy.close();
    }

    private void start(Front.Kind kind, RawServer server, String limit) {
        proxy = ProxyFixture.start(kind, builder -> {});
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up", Map.of(server.address(), ""))
                        .putDomain("t.local", """
                                {"init": "r", "rules": {
                                  "r": {%s, "succ": "up", "fail": "no"}},
                                  "up": {"type": "backend", "args": {"servername": "up"}},
                                  "no": {"type": "respond", "args":
                                    {"status": 429, "headers": {"Retry-After": "${retry_after}"}, "body": "slowly"}}}}""".formatted(limit))
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUnderWayTakesThePlaceOfOthersUntilItIsAnswered(Front.Kind kind) throws Exception {
        Semaphore answers = new Semaphore(0);
        try (RawServer server = RawServer.start((request, exchange) -> {
            answers.acquireUninterruptibly();
            exchange.ok("x");
        })) {
            start(kind, server, "\"type\": \"concurrency\", \"args\": {\"most\": 1, \"on\": \"client\"");
            try (RawClient client = proxy.client().send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n")) {
                server.awaitRequest();
                assertThat(proxy.get("t.local", "/").status()).isEqualTo(429);

                answers.release(2);

                assertThat(client.read().status()).isEqualTo(200);
                assertThat(client.get("t.local", "/").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksTooOftenIsToldWhenToComeAgain(Front.Kind kind) throws Exception {
        try (RawServer server = RawServer.named("x")) {
            start(kind, server, "\"type\": \"rate\", \"args\": {\"rate\": \"1/h\", \"on\": \"client\"");

            assertThat(proxy.get("t.local", "/").status()).isEqualTo(200);
            RawAnswer refused = proxy.get("t.local", "/");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("slowly");
            assertThat(Integer.parseInt(refused.field("Retry-After"))).isBetween(3_000, 3_600);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
