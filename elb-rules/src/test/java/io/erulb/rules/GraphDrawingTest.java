package io.erulb.rules;

import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A graph as text that a program draws. */
class GraphDrawingTest {
    private static final RuleGraph GRAPH = graph("""
            {'init': 'r1', 'rules': {
              'lost': {'type': 'backend', 'args': {'servername': 'up3'}},
              'r2': {'type': 'path', 'args': {'pattern': '^/\\"blog\\"', 'regex': true, 'succ': 'r3'}},
              'r1': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r3', 'fail': 'r2'}},
              'r3': {'type': 'backend', 'args': {'servername': 'up1'}}}}""");

    @Test
    void dotHasTheRulesInTheOrderOfTheWalkAndThenOthers() {
        assertThat(GRAPH.draw(GraphFormat.DOT)).isEqualTo("""
                digraph "t.local" {
                  node [shape=box, style=rounded];
                  n0 [label="r1: ua\\npattern curl"];
                  n1 [label="r3: backend\\nservername up1", shape=oval, style=solid];
                  n2 [label="r2: path\\npattern ^/\\"blog\\", regex true"];
                  n3 [label="403", shape=oval, style=solid];
                  n4 [label="lost: backend\\nservername up3", shape=oval, style=solid];
                  n0 -> n1 [label=succ];
                  n0 -> n2 [label=fail, style=dashed];
                  n2 -> n1 [label=succ];
                  n2 -> n3 [label=fail, style=dashed];
                }
                """);
    }

    @Test
    void mermaidHasTheSame() {
        assertThat(GRAPH.draw(GraphFormat.MERMAID)).isEqualTo("""
                flowchart TD
                  n0["r1: ua<br>pattern curl"]
                  n1(["r3: backend<br>servername up1"])
                  n2["r2: path<br>pattern ^/#quot;blog#quot;, regex true"]
                  n3(["403"])
                  n4(["lost: backend<br>servername up3"])
                  n0 -->|succ| n1
                  n0 -.->|fail| n2
                  n2 -->|succ| n1
                  n2 -.->|fail| n3
                """);
    }

    @Test
    void whatWouldEndALabelDoesNot() {
        RuleGraph odd = graph("""
                {'init': 'a\\"]\\n', 'rules': {
                  'a\\"]\\n': {'type': 'backend', 'args': {'servername': 'up1', 'X': ['y', 1]}}}}""");

        assertThat(odd.draw(GraphFormat.DOT))
                .contains("n0 [label=\"a\\\"] : backend\\nservername up1, X y|1\", shape=oval");
        assertThat(odd.draw(GraphFormat.MERMAID)).contains("n0([\"a#quot;] : backend<br>servername up1, X y|1\"])");
    }

    @Test
    void longArgumentsAreCut() {
        RuleGraph many =
                graph("{'init': 'r', 'rules': {'r': {'type': 'ua', 'args': {'pattern': '" + "x".repeat(200) + "'}}}}");

        assertThat(many.draw(GraphFormat.DOT)).contains("pattern " + "x".repeat(52) + "...\"");
    }
}
