package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.GraphFigures;
import io.erulb.rules.GraphFigures.Edge;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests as the edges of the rules count them. */
class EdgeCountingTest {
    private static final String RULES = """
            {"init": "old", "rules": {
              "old": {"type": "path", "args": {"pattern": "/old", "succ": "gone", "fail": "app"}},
              "gone": {"type": "respond", "args": {"status": 503}},
              "app": {"type": "path", "args": {"pattern": "/app", "succ": "up"}},
              "up": {"type": "backend", "args": {"servername": "up-t.local"}}}}""";

    private static void serve(ProxyFixture proxy) throws Exception {
        proxy.route("t.local", Map.of("127.0.0.1:1", "")).rules("t.local", RULES);
        proxy.get("t.local", "/old");
        proxy.get("t.local", "/app");
        proxy.get("t.local", "/app");
        proxy.get("t.local", "/");
        proxy.get("unknown.local", "/app");
    }

    private static GraphFigures figures(ProxyFixture proxy) {
        return proxy.routing()
                .current()
                .domains()
                .get("t.local")
                .graph()
                .traffic()
                .figures();
    }

    @Test
    void eachRequestCountsAtEachEdgeItTookWithItsAnswer() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.start(builder -> builder.countEdges(true))) {
            serve(proxy);

            assertThat(figures(proxy).edges())
                    .containsExactly(
                            new Edge("old", "succ", "gone", 1, 1, 0, 0.25, 2),
                            new Edge("old", "fail", "app", 3, 2, 0, 0.75, 2),
                            new Edge("app", "succ", "up", 2, 2, 0, 2.0 / 3, 2),
                            new Edge("app", "fail", null, 1, 0, 0, 1.0 / 3, 2));
        }
    }

    @Test
    void nothingIsCountedUnasked() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.start()) {
            serve(proxy);

            assertThat(figures(proxy).edges()).extracting(Edge::count).containsOnly(0L);
        }
    }
}
