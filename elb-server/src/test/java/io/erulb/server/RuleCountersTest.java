package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.RoutingChange;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server counts on the edges of its rules, as its admin API shows it. */
@Timeout(60)
class RuleCountersTest {
    private static final String RULES = """
            {"init": "r1", "rules": {
              "r1": {"type": "path", "args": {"pattern": "/busy", "succ": "r2", "fail": "r3"}},
              "r2": {"type": "respond", "args": {"status": 503}},
              "r3": {"type": "respond"}}}""";

    private static String graphAfterRequests(String settings) throws Exception {
        try (ElbServer server = ElbServer.start(
                ServerConfig.of(Settings.parse("STORE=memory LISTEN=127.0.0.1:0 IO_THREADS=2 " + settings)))) {
            server.routing()
                    .apply(RoutingChange.builder().putDomain("127.0.0.1", RULES).build());
            URI root = URI.create("http://" + HostPort.of(server.address()));
            Http.get(root, "/busy");
            Http.get(root, "/");
            Http.get(root, "/a");
            return Http.get(root, "/__erulb__/graph/127.0.0.1").body();
        }
    }

    @Test
    void requestsAreCountedByDefault() throws Exception {
        assertThat(graphAfterRequests(""))
                .contains(
                        "\"counting\":true",
                        "\"from\":\"r1\",\"edge\":\"succ\",\"to\":\"r2\",\"count\":1,\"errors\":1,",
                        "\"from\":\"r1\",\"edge\":\"fail\",\"to\":\"r3\",\"count\":2,\"errors\":0,");
    }

    @Test
    void orNotAtAll() throws Exception {
        assertThat(graphAfterRequests("RULE_COUNTERS=off"))
                .contains("\"counting\":false", "\"to\":\"r3\",\"count\":0,");
    }
}
