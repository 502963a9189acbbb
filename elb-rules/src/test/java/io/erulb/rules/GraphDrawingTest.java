package io.erulb.rules;

import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

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

    @Test
    void figuresStandOnTheEdges() {
        GraphFigures figures = figures();

        assertThat(GRAPH.draw(GraphFormat.DOT, figures))
                .contains(
                        "n0 -> n1 [label=\"succ\\n75 %, 3\", penwidth=4.0];",
                        "n0 -> n2 [label=\"fail\\n25 %, 1\", style=dashed, penwidth=2.0];",
                        "n2 -> n1 [label=\"succ\\nnever\", color=gray, fontcolor=gray];");
        assertThat(GRAPH.draw(GraphFormat.MERMAID, figures))
                .contains("n0 -->|\"succ<br>75 %, 3\"| n1", "n2 -->|\"succ<br>never\"| n1");
    }

    /** Three requests take r1+, one r1- and r2-, in two seconds; one of the three ends in an error. */
    private static GraphFigures figures() {
        RuleGraph graph = RuleGraph.compile("t.local", GRAPH.document(), FilterTypes.installed());
        graph.startCounting(9);
        Walk walk = new Walk();
        for (String agent : List.of("curl", "curl", "curl", "Firefox")) {
            graph.decide(RequestFacts.get("http://t.local/").withHeader("User-Agent", agent), walk);
            graph.count(walk, graph.requests() == 0 ? 502 : 200);
        }
        return graph.traffic().figures(null, Duration.ofSeconds(2));
    }

    @Test
    void anImageHasARuleOrEdgeInEachGroup() throws Exception {
        List<Element> groups = groups(GRAPH.draw(GraphFormat.SVG, figures()));

        assertThat(groups.stream().filter(group -> group.hasAttribute("data-rule")))
                .extracting(group -> group.getAttribute("data-rule"), group -> group.getAttribute("class"))
                .containsExactly(
                        tuple("r1", "rule ua filter"),
                        tuple("r3", "rule backend terminal"),
                        tuple("r2", "rule path filter"),
                        tuple("lost", "rule backend terminal unreachable"));
        assertThat(groups.stream().filter(group -> group.hasAttribute("data-edge")))
                .extracting(
                        group -> group.getAttribute("data-from"),
                        group -> group.getAttribute("class"),
                        group -> group.getAttribute("data-to"),
                        GraphDrawingTest::figure,
                        group -> group.getElementsByTagName("title").item(0).getTextContent())
                .containsExactlyInAnyOrder(
                        tuple(
                                "r1",
                                "edge succ",
                                "r3",
                                "+ 75 %1.5/s33 % errors",
                                "r1 succ: r3; 3 requests, 1 error since version 9"),
                        tuple(
                                "r1",
                                "edge fail",
                                "r2",
                                "\u2212 25 %0.5/s",
                                "r1 fail: r2; 1 request, 0 errors since version 9"),
                        tuple("r2", "edge succ never", "r3", "+ never", "r2 succ: r3; not taken since version 9"),
                        tuple(
                                "r2",
                                "edge fail",
                                "",
                                "\u2212 100 %0.5/s",
                                "r2 fail: 403; 1 request, 0 errors since version 9"));
        assertThat(groups.stream().filter(group -> group.getAttribute("class").equals("dead-end")))
                .hasSize(1);
    }

    @Test
    void anImageWithoutFiguresSaysNothingOfThem() throws Exception {
        List<Element> edges = groups(GRAPH.draw(GraphFormat.SVG)).stream()
                .filter(group -> group.hasAttribute("data-edge"))
                .toList();

        assertThat(edges).extracting(GraphDrawingTest::figure).containsOnly("+", "\u2212");
        assertThat(edges).extracting(edge -> edge.getAttribute("class")).containsOnly("edge succ", "edge fail");
    }

    @Test
    void anImageIsWellFormedWhateverTheRulesAreCalled() throws Exception {
        String hostile = "</text><script>alert(1)</script> \" onload=x & ]]> \u0000\u0007\ud800 \u65e5\u672c\ufffe";
        String written =
                hostile.replace("\"", "\\\"").replace("\u0000", "\\u0000").replace("\u0007", "\\u0007");
        RuleSet document = RuleSet.parse("{\"init\": \"" + written + "\", \"rules\": {\"" + written
                + "\": {\"type\": \"ua\", \"args\": {\"pattern\": \"<b>&amp;\"}}}}");
        RuleGraph graph = RuleGraph.compile("<&>.local", document, FilterTypes.installed());

        Document image = parsed(graph.draw(GraphFormat.SVG));

        assertThat(image.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(image.getElementsByTagName("script").getLength()).isZero();
        assertThat(groups(graph.draw(GraphFormat.SVG)))
                .filteredOn(group -> group.hasAttribute("data-rule"))
                .extracting(group -> group.getAttribute("data-rule"))
                .containsExactly(hostile.replaceAll("[\u0000\u0007\ufffe]|\ud800", "\ufffd"));
    }

    @Test
    void randomGraphsBecomeWellFormedImagesWithEveryEdgeTheSameEachTime() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            RuleGraph graph = graph(RandomGraphs.document(random));
            String image = graph.draw(GraphFormat.SVG, graph.traffic().figures());

            assertThat(groups(image).stream().filter(group -> group.hasAttribute("data-edge")))
                    .hasSameSizeAs(graph.traffic().figures().edges());
            assertThat(graph.draw(GraphFormat.SVG, graph.traffic().figures())).isEqualTo(image);
        }
    }

    private static String figure(Element edge) {
        return edge.getElementsByTagName("text").item(0).getTextContent();
    }

    private static List<Element> groups(String image) throws Exception {
        NodeList found = parsed(image).getElementsByTagName("g");
        return IntStream.range(0, found.getLength())
                .mapToObj(at -> (Element) found.item(at))
                .toList();
    }

    private static Document parsed(String image) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(image)));
    }
}
