package io.erulb.rules;

import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.Explanation.Step;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final long SEED = 20_260_101;

    @Test
    void tellsEachStepWithWhatWasComparedWithWhat() {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r2', 'fail': 'r2'}},
                  'r2': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/blog/(.*)$', 'succ': 'r3'}},
                  'r3': {'type': 'backend', 'args': {'servername': 'up1'}}}}""");

        Explanation explanation = graph.explain(RequestFacts.get("http://t.local/blog/a"));

        assertThat(explanation.domain()).isEqualTo("t.local");
        assertThat(explanation.steps())
                .containsExactly(
                        new Step("r1", "ua", null, "curl", Map.of(), Outcome.MISSED, "fail", "r2", null),
                        new Step(
                                "r2",
                                "path",
                                "/blog/a",
                                "^/blog/(.*)$",
                                Map.of("1", "a"),
                                Outcome.MATCHED,
                                "succ",
                                "r3",
                                "/a"),
                        new Step("r3", "backend", null, "", Map.of(), Outcome.DECIDED, null, null, null));
        assertThat(explanation.decision()).isEqualTo(new Decision.Forward("up1", "/a", List.of()));
        assertThat(explanation.path()).isEqualTo("r1- r2+ r3");
    }

    @Test
    void isReadInATerminal() {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r3', 'fail': 'second'}},
                  'second': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/blog/(.*)$', 'succ': 'r3'}},
                  'r3': {'type': 'backend', 'args': {'servername': 'up1'}}}}""");

        assertThat(graph.explain(RequestFacts.get("http://t.local/blog/a")).toText())
                .isEqualTo("""
                          r1 ua        nothing does not match "curl", fail -> second
                          second path  "/blog/a" matches "^/blog/(.*)$", succ -> r3
                                       captures {1=a}
                                       path is /a from here on
                          r3 backend
                        => upstream up1, path /a
                        """);
        assertThat(graph.explain(RequestFacts.get("http://t.local/").withHeader("User-Agent", "curl"))
                        .toText())
                .isEqualTo("""
                          r1 ua       "curl" matches "curl", succ -> r3
                          r3 backend
                        => upstream up1, path as it came
                        """);
        assertThat(graph.explain(RequestFacts.get("http://t.local/")).toText())
                .endsWith("does not match \"^/blog/(.*)$\", fail -> nowhere\n"
                        + "=> 403: rule second has no fail edge\n");
    }

    @Test
    void endsAtTheAbsentEdge() {
        RuleGraph graph = graph("{'init': 'r1', 'rules': {'r1': {'type': 'ua', 'args': {'pattern': 'curl'}}}}");

        Explanation explanation = graph.explain(RequestFacts.get("http://t.local/"));

        assertThat(explanation.path()).isEqualTo("r1-");
        assertThat(explanation.steps().get(0).next()).isNull();
        assertThat(explanation.decision()).isInstanceOf(Decision.Reject.class);
    }

    @Test
    void endsWhereDecideEndsOnRandomGraphs() {
        Random random = new Random(SEED);
        Walk walk = new Walk();

        for (int i = 0; i < 2_000; i++) {
            String json = RandomGraphs.document(random);
            RuleGraph graph = graph(json);
            for (int j = 0; j < 50; j++) {
                RequestFacts request = RandomGraphs.request(random);
                Explanation explanation = graph.explain(request);

                assertThat(explanation.decision())
                        .as("%s for %s", json, request)
                        .isEqualTo(graph.decide(request, walk));
                assertThat(graph.path(walk)).as("%s for %s", json, request).isEqualTo(explanation.path());
                assertStepsHangTogether(explanation);
            }
        }
    }

    private static void assertStepsHangTogether(Explanation explanation) {
        List<Step> steps = explanation.steps();
        for (int i = 0; i + 1 < steps.size(); i++) {
            assertThat(steps.get(i).next()).isEqualTo(steps.get(i + 1).rule());
        }
        assertThat(steps.get(steps.size() - 1).next()).isNull();
    }
}
