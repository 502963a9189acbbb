package io.erulb.rules;

import static io.erulb.rules.Graphs.document;
import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.Explanation.Step;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path that was logged leads to the steps it stands for. */
class ReplayTest {
    private static final long SEED = 20_260_301;
    private static final RuleGraph GRAPH = graph("""
            {'init': 'r1', 'rules': {
              'r1': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r2', 'fail': 'r3'}},
              'r2': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/blog/(.*)$', 'succ': 'r3'}},
              'r3': {'type': 'backend', 'args': {'servername': 'up1'}}}}""");

    @Test
    void aPathAloneTellsTheRulesAndTheEdges() {
        assertThat(GRAPH.replay("r1+ r2-"))
                .containsExactly(
                        new Step("r1", "ua", null, "curl", Map.of(), Outcome.MATCHED, "succ", "r2", null),
                        new Step("r2", "path", null, "^/blog/(.*)$", Map.of(), Outcome.MISSED, "fail", null, null));
        assertThat(GRAPH.replay("r1- r3")).extracting(Step::outcome).containsExactly(Outcome.MISSED, Outcome.DECIDED);
        assertThat(GRAPH.replay("r1+ r2!")).extracting(Step::outcome).containsExactly(Outcome.MATCHED, Outcome.FAILED);
        assertThat(GRAPH.replay("r1- r3!")).extracting(Step::outcome).containsExactly(Outcome.MISSED, Outcome.FAILED);
    }

    @Test
    void aRequestThatWouldGoAnotherWayTellsWhatEachRuleSees() {
        RequestFacts request = RequestFacts.get("http://t.local/blog/a").withHeader("User-Agent", "Firefox");

        assertThat(GRAPH.explain(request).path()).isEqualTo("r1- r3");
        assertThat(GRAPH.replay("r1+ r2+ r3", request))
                .startsWith(
                        new Step("r1", "ua", "Firefox", "curl", Map.of(), Outcome.MATCHED, "succ", "r2", null),
                        new Step(
                                "r2",
                                "path",
                                "/blog/a",
                                "^/blog/(.*)$",
                                Map.of("1", "a"),
                                Outcome.MATCHED,
                                "succ",
                                "r3",
                                "/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|nothing at 0 (expected: r1)",
                "r2+ r3|\"r2+ r3\" at 0 (expected: r1)",
                "r1|nothing at 2 (expected: +, - or ! behind r1)",
                "r1x|\"x\" at 2 (expected: +, - or ! behind r1)",
                "r1+|nothing at 3 (expected: r2)",
                "r1-  r3|\" r3\" at 4 (expected: r3)",
                "r1- r3+|\"+\" at 6 (expected: its end)",
                "r1- r3 r3|\" r3\" at 6 (expected: its end)",
                "r1+ r2- r3|\" r3\" at 7 (expected: its end)",
                "r1! r2|\" r2\" at 3 (expected: its end)"
            })
    void aPathOfOtherRulesIsRefusedWithThePlace(String path, String place) {
        assertThatThrownBy(() -> GRAPH.replay(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path: \"" + path + "\": " + place);
    }

    @Test
    void namesMayHaveBlanksAndSigns() {
        RuleGraph graph = graph("""
                {'init': 'a+ b', 'rules': {
                  'a+ b': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'a', 'fail': ' -!'}},
                  'a': {'type': 'method', 'args': {'method': ['GET'], 'succ': 'a+ ', 'fail': ' -!'}},
                  'a+ ': {'type': 'method', 'args': {'method': ['GET'], 'succ': ' -!'}},
                  ' -!': {'type': 'backend', 'args': {'servername': 'up1'}}}}""");
        RequestFacts request = RequestFacts.get("http://t.local/").withHeader("User-Agent", "curl");
        Explanation explanation = graph.explain(request);

        assertThat(explanation.path()).isEqualTo("a+ b+ a+ a+ +  -!");
        assertThat(graph.replay(explanation.path(), request)).isEqualTo(explanation.steps());
        assertThat(graph.replay("a+ b-  -!!")).extracting(Step::outcome).endsWith(Outcome.FAILED);
    }

    @Test
    void givesTheSameStepsOnRandomGraphs() {
        Random random = new Random(SEED);
        Walk walk = new Walk();

        for (int i = 0; i < 2_000; i++) {
            String json = RandomGraphs.document(random);
            RuleGraph graph = graph(json);
            for (int j = 0; j < 50; j++) {
                RequestFacts request = RandomGraphs.request(random);
                graph.decide(request, walk);
                String logged = graph.path(walk);
                List<Step> steps = graph.explain(request).steps();

                assertThat(graph.replay(logged, request))
                        .as("%s for %s", json, request)
                        .isEqualTo(steps);
                assertThat(graph.replay(logged))
                        .as("%s for %s", json, request)
                        .isEqualTo(steps.stream().map(ReplayTest::bare).toList());
            }
        }
    }

    private static Step bare(Step step) {
        Outcome outcome = step.outcome() == Outcome.GAVE_UP ? Outcome.MISSED : step.outcome();
        return new Step(
                step.rule(), step.type(), null, step.expected(), Map.of(), outcome, step.edge(), step.next(), null);
    }

    @Test
    void aRuleThatThrowsNowIsShownAsItWas() {
        FilterTypes types = FilterTypes.installed().with(new RuleGraphTest.OwnFilter("failing", args -> request -> {
            throw new IllegalStateException("planted");
        }));
        RuleGraph graph = RuleGraph.compile(
                "t.local", document("{'init': 'bad', 'rules': {'bad': {'type': 'failing', 'args': {}}}}"), types);

        assertThat(graph.replay("bad-", RequestFacts.get("http://t.local/")))
                .extracting(Step::outcome)
                .containsExactly(Outcome.MISSED);
    }
}
