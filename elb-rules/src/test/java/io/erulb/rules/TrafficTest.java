package io.erulb.rules;

import static io.erulb.rules.Graphs.document;
import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.erulb.rules.Explanation.Step;
import io.erulb.rules.GraphFigures.Edge;
import io.erulb.rules.GraphFigures.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is counted of requests, edge by edge. */
class TrafficTest {
    private static final RequestFacts GET = RequestFacts.get("http://t.local/");
    private static final RequestFacts PUT = RequestFacts.of("PUT", "http://t.local/");
    private static final String RULES = """
            {'init': 'r1', 'rules': {
              'r1': {'type': 'method', 'args': {'method': ['GET'], 'succ': 'r2', 'fail': 'r3'}},
              'r2': {'type': 'path', 'args': {'pattern': '/a', 'fail': 'r3'}},
              'r3': {'type': 'backend', 'args': {'servername': 'up1'}},
              'lost': {'type': 'respond', 'args': {'status': 404}}}}""";

    @Test
    void everyEdgeCountsWhatAReplayOneByOneComesBy() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            RuleGraph graph = graph(RandomGraphs.document(random));
            Map<String, Long> requests = new HashMap<>();
            Map<String, Long> errors = new HashMap<>();
            for (int k = 0; k < 50; k++) {
                RequestFacts request = RandomGraphs.request(random);
                int status = random.nextInt(4) == 0 ? 500 + random.nextInt(4) : 200 + random.nextInt(300);
                count(graph, request, status);
                for (Step step : graph.explain(request).steps()) {
                    requests.merge(step.rule() + step.edge(), 1L, Long::sum);
                    errors.merge(step.rule() + step.edge(), status >= 500 ? 1L : 0, Long::sum);
                    requests.merge(step.rule(), 1L, Long::sum);
                }
            }

            GraphFigures figures = graph.traffic().figures();

            assertThat(figures.edges()).allSatisfy(edge -> {
                String key = edge.from() + edge.edge();
                assertThat(edge.count()).isEqualTo(requests.getOrDefault(key, 0L));
                assertThat(edge.errors()).isEqualTo(errors.getOrDefault(key, 0L));
            });
            assertThat(figures.rules())
                    .allSatisfy(rule -> assertThat(rule.count()).isEqualTo(requests.getOrDefault(rule.rule(), 0L)));
            assertThat(graph.requests()).isEqualTo(50);
        }
    }

    @Test
    void figuresHaveAllRulesAndEdgesInTheOrderOfTheDocument() {
        RuleGraph graph = graph(RULES);
        count(graph, GET, 403);
        count(graph, PUT, 502);
        count(graph, PUT, 200);
        count(graph, PUT, 200);

        GraphFigures figures = graph.traffic().figures();

        assertThat(figures.init()).isEqualTo("r1");
        assertThat(figures.rules())
                .containsExactly(
                        new Rule("r1", "method", "{\"method\":[\"GET\"]}", true, 4, 0),
                        new Rule("r2", "path", "{\"pattern\":\"/a\"}", true, 1, 0),
                        new Rule("r3", "backend", "{\"servername\":\"up1\"}", true, 4, 0),
                        new Rule("lost", "respond", "{\"status\":404}", false, 0, 0));
        assertThat(figures.edges())
                .containsExactly(
                        new Edge("r1", "succ", "r2", 1, 0, 0, 0.25, 0),
                        new Edge("r1", "fail", "r3", 3, 1, 0, 0.75, 0),
                        new Edge("r2", "succ", null, 0, 0, 0, 0, 0),
                        new Edge("r2", "fail", "r3", 1, 0, 0, 1, 0));
        assertThat(graph.errors()).isEqualTo(1);
    }

    @Test
    void aRuleThatFailsCountsTheRequestAndNoEdge() {
        FilterTypes types = FilterTypes.installed().with(new RuleGraphTest.OwnFilter("failing", args -> request -> {
            throw new IllegalStateException("planted");
        }));
        RuleGraph graph = RuleGraph.compile(
                "t.local", document("{'init': 'r1', 'rules': {'r1': {'type': 'failing', 'args': {}}}}"), types);

        count(graph, GET, 500);

        GraphFigures figures = graph.traffic().figures();
        assertThat(figures.rules()).containsExactly(new Rule("r1", "failing", "{}", true, 1, 1));
        assertThat(figures.edges()).extracting(Edge::count).containsExactly(0L, 0L);
        assertThat(graph.errors()).isEqualTo(1);
    }

    @Test
    void countsGoOnInRulesThatStayAndBeginAnewInOthers() {
        RuleGraph before = graph(RULES);
        before.startCounting(3);
        count(before, GET, 200);

        RuleGraph after = following(before, RULES.replace("/a", "/b"));
        after.startCounting(8);
        count(after, GET, 200);

        assertThat(after.traffic().figures().edges())
                .containsExactly(
                        new Edge("r1", "succ", "r2", 2, 0, 0, 1, 3),
                        new Edge("r1", "fail", "r3", 0, 0, 0, 0, 3),
                        new Edge("r2", "succ", null, 0, 0, 0, 0, 8),
                        new Edge("r2", "fail", "r3", 1, 0, 0, 1, 8));
        assertThat(after.traffic().figures().rules()).extracting(Rule::count).containsExactly(2L, 1L, 2L, 0L);
    }

    @Test
    void aRuleWithAnotherEdgeBeginsAnew() {
        RuleGraph before = graph(RULES);
        count(before, PUT, 200);

        RuleGraph after = following(before, RULES.replace("'succ': 'r2', ", ""));

        assertThat(after.requests()).isZero();
        assertThat(after.traffic().figures().rules().get(2).count()).isEqualTo(1);
    }

    @Test
    void aRequestThatEndsAfterAChangeCountsInTheRulesThatStayed() {
        RuleGraph before = graph(RULES);
        Walk walk = new Walk();
        before.decide(PUT, walk);

        RuleGraph after = following(before, RULES.replace("/a", "/b"));
        before.count(walk, 200);

        assertThat(after.requests()).isEqualTo(1);
    }

    @Test
    void ratesTellWhatCameBetweenTwoMoments() {
        RuleGraph graph = graph(RULES);
        count(graph, PUT, 200);
        Traffic earlier = graph.traffic();
        for (int i = 0; i < 10; i++) {
            count(graph, PUT, 200);
        }

        GraphFigures figures = graph.traffic().figures(earlier, Duration.ofSeconds(4));

        assertThat(figures.edges()).extracting(Edge::rate).containsExactly(0.0, 2.5, 0.0, 0.0);
        assertThat(graph.requestsSince(earlier)).isEqualTo(10);
        assertThatThrownBy(() -> graph.traffic().figures(earlier, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("between: PT0S (expected: above zero)");
    }

    @Test
    void ratesGoBackBeyondAChangeAndANewRuleHasAllItsRequestsFromSince() {
        RuleGraph before = graph(RULES);
        count(before, GET, 200);
        Traffic earlier = before.traffic();
        RuleGraph after = following(
                before,
                "{'init': 'r1', 'rules': {"
                        + "'r2': {'type': 'path', 'args': {'pattern': '/', 'fail': 'r3', 'succ': 'r3'}},"
                        + "'r1': {'type': 'method', 'args': {'method': ['GET'], 'succ': 'r2', 'fail': 'r3'}},"
                        + "'r3': {'type': 'respond'}}}");
        count(after, GET, 200);
        count(after, GET, 200);

        GraphFigures figures = after.traffic().figures(earlier, Duration.ofSeconds(2));

        assertThat(figures.edges()).extracting(Edge::rate).containsExactly(1.0, 0.0, 1.0, 0.0);
        assertThat(figures.edges()).extracting(Edge::count).containsExactly(2L, 0L, 3L, 0L);
        assertThat(after.requestsSince(earlier)).isEqualTo(2);
    }

    @Test
    void nothingIsLostThatManyThreadsCount() {
        RuleGraph graph = graph(RULES);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int status = thread % 2 == 0 ? 200 : 503;
            threads.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20_000; i++) {
                    count(graph, i % 2 == 0 ? GET : PUT, status);
                }
            }));
        }
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();

        assertThat(graph.requests()).isEqualTo(160_000);
        assertThat(graph.errors()).isEqualTo(80_000);
        assertThat(graph.traffic().figures().edges())
                .extracting(Edge::count, Edge::errors)
                .containsExactly(
                        tuple(80_000L, 40_000L), tuple(80_000L, 40_000L), tuple(0L, 0L), tuple(80_000L, 40_000L));
        assertThat(graph.traffic().figures().edges().get(0).share()).isCloseTo(0.5, within(1e-9));
    }

    private static RuleGraph following(RuleGraph before, String json) {
        return RuleGraph.compile("t.local", document(json), FilterTypes.installed(), before);
    }

    private static void count(RuleGraph graph, RequestView request, int status) {
        Walk walk = new Walk();
        graph.decide(request, walk);
        graph.count(walk, status);
    }
}
