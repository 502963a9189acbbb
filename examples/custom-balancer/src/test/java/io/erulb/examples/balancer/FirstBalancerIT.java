package io.erulb.examples.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FirstBalancerIT {
    private static final String POLICY = "{\"up1\": {\"balancer\": {\"type\": \"first\", \"spill\": %s}}}";
    private static final String RULES = """
            {"127.0.0.1": {"init": "r1", "rules": {"r1": {"type": "backend", "args": {"servername": "up1"}}}}}
            """;

    @TempDir
    private Path plugins;

    @Test
    void aRunningServerBalancesByTheJarInItsPlugins() throws Exception {
        addJar();
        try (NamedBackend one = NamedBackend.start("one");
                NamedBackend two = NamedBackend.start("two");
                RunningServer server = RunningServer.start(plugins)) {
            configure(server, one, two);

            for (int i = 0; i < 5; i++) {
                assertThat(server.get("/")).isEqualTo("one");
            }

            CompletableFuture<String> held = server.begin("/held");
            CompletableFuture<String> alsoHeld = server.begin("/held");
            one.awaitHeld(2);
            assertThat(server.get("/")).isEqualTo("two");

            one.release();
            assertThat(held.get()).isEqualTo("one");
            assertThat(alsoHeld.get()).isEqualTo("one");
            assertThat(server.get("/")).isEqualTo("one");
        }
    }

    @Test
    void aBadArgumentIsRefusedByItsName() throws Exception {
        addJar();
        try (RunningServer server = RunningServer.start(plugins)) {
            HttpResponse<String> refusal = server.put("/__erulb__/policy", POLICY.formatted("0"));

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.body()).contains("balancer.spill").contains("an integer from 1");
        }
    }

    @Test
    void withoutTheJarTheTypeIsRefusedWithThoseThatThereAre() throws Exception {
        try (RunningServer server = RunningServer.start(plugins)) {
            HttpResponse<String> refusal = server.put("/__erulb__/policy", POLICY.formatted("2"));

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.body())
                    .contains("balancer.type")
                    .contains("expected: one of hash, least_conn, p2c, random, round_robin");
        }
    }

    private void addJar() throws IOException {
        Files.copy(Path.of(System.getProperty("plugin.jar")), plugins.resolve("custom-balancer.jar"));
    }

    private static void configure(RunningServer server, NamedBackend first, NamedBackend second) throws Exception {
        String servers = "{\"up1\": {\"%s\": \"\", \"%s\": \"\"}}".formatted(first.address(), second.address());
        assertThat(server.put("/__erulb__/upstream", servers).statusCode()).isEqualTo(200);
        assertThat(server.put("/__erulb__/domain", RULES).statusCode()).isEqualTo(200);
        assertThat(server.put("/__erulb__/policy", POLICY.formatted("2")).statusCode())
                .isEqualTo(200);
    }
}
