package io.erulb.rules.analysis;

import static io.erulb.rules.Graphs.graph;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Decision;
import io.erulb.rules.Explanation.Step;
import io.erulb.rules.GraphRule;
import io.erulb.rules.RequestView;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import io.erulb.rules.analysis.Finding.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Against brute force: what is said never to be taken is not, and each request does what it is said to show. */
class RuleAnalysisTest {
    private static final long SEED = 20_261_127;
    private static final int GRAPHS = 10_000;
    private static final String[] NOTHING = {};

    private final List<RequestView> requests = new ArrayList<>(SmallGraphs.requests());
    private final List<RequestView> asterisks = SmallGraphs.asteriskRequests();
    private int shown;
    private int never;
    private int shadowed;

    @Test
    void isRightAboutRandomGraphs() {
        Random random = new Random(SEED);
        for (int i = 0; i < GRAPHS; i++) {
            String json = SmallGraphs.document(random);
            RuleGraph graph = graph(json);
            RuleAnalysis.Explored explored = RuleAnalysis.Explored.of(graph);
            RuleAnalysis analysis = new RuleAnalysis(explored);

            assertNothingIsTakenThatNeverIs(json, graph, analysis.findings());
            analysis.findings().forEach(finding -> assertShown(json, graph, finding));
            assertEveryEdgeIsSettled(json, graph, explored);
        }
        System.out.printf(
                "%d graphs: %d edges shown, %d never taken, %d of them shadowed%n", GRAPHS, shown, never, shadowed);
        assertThat(List.of(shown, never, shadowed)).allMatch(count -> count > 500);
    }

    private void assertNothingIsTakenThatNeverIs(String json, RuleGraph graph, List<Finding> findings) {
        Set<String> claims = new HashSet<>();
        for (Finding finding : findings) {
            if (finding.kind() == Kind.NEVER_TAKEN || finding.kind() == Kind.SHADOWED) {
                claims.add(finding.rule() + ("succ".equals(finding.edge()) ? "+" : "-"));
                never++;
                shadowed += finding.kind() == Kind.SHADOWED ? 1 : 0;
            }
            if (finding.kind() == Kind.UNREACHABLE) {
                claims.addAll(List.of(finding.rule(), finding.rule() + "+", finding.rule() + "-"));
            }
        }
        Walk walk = new Walk();
        Set<String> paths = new HashSet<>();
        for (RequestView request : claims.isEmpty() ? List.<RequestView>of() : requests) {
            graph.decide(request, walk);
            String path = graph.path(walk);
            for (String part : paths.add(path) ? path.split(" ") : NOTHING) {
                assertThat(claims.contains(part)).as("%s for %s", json, request).isFalse();
            }
        }
    }

    private static void assertShown(String json, RuleGraph graph, Finding finding) {
        Witness witness = finding.witness();
        if (finding.kind() == Kind.UNDECIDED) {
            throw new AssertionError(finding + " in " + json);
        }
        if (witness == null) {
            assertThat(finding.kind()).isIn(Kind.UNREACHABLE, Kind.NEVER_TAKEN, Kind.SPLIT_SUM);
            return;
        }
        Walk walk = new Walk();
        Decision decision = graph.decide(witness.request(), walk);
        String path = graph.path(walk);
        assertThat(path)
                .as("%s in %s", finding, json)
                .isEqualTo(witness.explanation().path());
        switch (finding.kind()) {
            case ENDS_IN_403 -> {
                assertThat(decision)
                        .isInstanceOfSatisfying(
                                Decision.Reject.class,
                                reject -> assertThat(reject.status()).isEqualTo(403));
                assertThat(path).endsWith(finding.rule() + ("succ".equals(finding.edge()) ? "+" : "-"));
            }
            case MISSING_CAPTURE -> {
                assertThat(path).endsWith(" " + finding.rule());
                assertThat(decision).isEqualTo(new Decision.Redirect(302, "/"));
            }
            case SHADOWED -> {
                assertThat(path.split(" ")).as("%s in %s", finding, json).doesNotContain(finding.rule() + "+");
                assertThat(alone(json, finding.rule())
                                .explain(witness.request())
                                .steps()
                                .get(0)
                                .matched())
                        .as("%s in %s", finding, json)
                        .isTrue();
            }
            default -> throw new AssertionError(finding + " has a witness");
        }
    }

    /** The same rules, but a walk starts with one of them. */
    private static RuleGraph alone(String json, String rule) {
        return graph(json.replace("'init': 'r0'", "'init': '" + rule + "'"));
    }

    private boolean isOfAsterisks(RuleGraph graph, GraphRule rule, boolean succ) {
        return asterisks.stream()
                .flatMap(request -> graph.explain(request).steps().stream())
                .anyMatch(step -> step.rule().equals(rule.name()) && step.matched() == succ);
    }

    /** Exactness: no edge of these graphs is left open. */
    private void assertEveryEdgeIsSettled(String json, RuleGraph graph, RuleAnalysis.Explored explored) {
        GraphShape shape = explored.shape();
        Exploration exploration = requireNonNull(explored.exploration());
        for (GraphRule rule : shape.rules().values()) {
            for (boolean succ : rule.terminal() ? new boolean[0] : new boolean[] {true, false}) {
                int edge = shape.edge(rule, succ);
                Witness witness = exploration.taking(edge);
                assertThat(
                                exploration.isNever(edge)
                                        ? witness == null
                                        : witness != null || isOfAsterisks(graph, rule, succ))
                        .as("%s of %s in %s", succ ? "succ" : "fail", rule.name(), json)
                        .isTrue();
                if (witness != null) {
                    shown++;
                    assertThat(witness.explanation().steps())
                            .extracting(Step::rule, Step::matched)
                            .contains(org.assertj.core.groups.Tuple.tuple(rule.name(), succ));
                }
            }
        }
    }
}
