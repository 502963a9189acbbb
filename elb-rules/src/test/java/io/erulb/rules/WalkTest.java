package io.erulb.rules;

import static io.erulb.rules.Graphs.document;
import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalkTest {
    private final Walk walk = new Walk();

    @Test
    void knowsTheEdgesOfAWayLongerThanAWord() {
        RuleGraph graph = graph("{'init': 'r0', 'rules': {"
                + IntStream.range(0, 150).mapToObj(WalkTest::rule).collect(Collectors.joining(", "))
                + ", 'r150': {'type': 'backend', 'args': {'servername': 'up1'}}}}");

        graph.decide(RequestFacts.get("http://t.local/"), walk);

        assertThat(walk.edges()).isEqualTo(150);
        assertThat(IntStream.range(0, 150).filter(walk::succ).boxed())
                .containsExactlyElementsOf(
                        IntStream.range(0, 150).filter(i -> i % 3 == 0).boxed().toList());
        assertThat(graph.path(walk)).startsWith("r0+ r1- r2- r3+ ").endsWith(" r149- r150");
        assertThatThrownBy(() -> walk.succ(150)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Each third one matches; both edges lead on. */
    private static String rule(int i) {
        String method = i % 3 == 0 ? "GET" : "PUT";
        return "'r%d': {'type': 'method', 'args': {'method': ['%s'], 'succ': 'r%d', 'fail': 'r%d'}}"
                .formatted(i, method, i + 1, i + 1);
    }

    @Test
    void tellsNothingOfTheRequestBefore() {
        RuleGraph graph = graph("{'init': 'r1', 'rules': {'r1': {'type': 'ua', 'args': {'pattern': 'curl'}}}}");

        graph.decide(RequestFacts.get("http://t.local/").withHeader("User-Agent", "curl"), walk);
        String first = graph.path(walk);
        graph.decide(RequestFacts.get("http://t.local/"), walk);

        assertThat(List.of(first, graph.path(walk))).containsExactly("r1+", "r1-");
    }

    @Test
    void endsAtARuleThatFailed() {
        FilterTypes types = FilterTypes.installed().with(new RuleGraphTest.OwnFilter("failing", args -> request -> {
            throw new IllegalStateException("planted");
        }));
        RuleGraph graph = RuleGraph.compile("t.local", document("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'method', 'args': {'method': ['GET'], 'succ': 'bad'}},
                  'bad': {'type': 'failing', 'args': {}}}}"""), types);

        Decision decision = graph.decide(RequestFacts.get("http://t.local/"), walk);

        assertThat(decision).isInstanceOf(Decision.Reject.class);
        assertThat(walk.failed()).isTrue();
        assertThat(graph.path(walk)).isEqualTo("r1+ bad!");
    }
}
