package io.erulb.rules;

import io.erulb.rules.drawing.Picture;
import io.erulb.rules.drawing.Picture.Arrow;
import io.erulb.rules.drawing.Picture.Box;
import io.erulb.rules.drawing.Picture.Kind;
import io.erulb.rules.drawing.Picture.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a picture of the rules of a graph and the edges between them: those that requests can come by first, in the order of
 * the walk. For one drawing.
 */
final class GraphDrawing {
    private static final int MOST = 60;

    private final RuleGraph graph;
    private final WrittenArgs args;
    private final Map<Node, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, GraphFigures.Rule> rules = new HashMap<>();
    private final Map<String, GraphFigures.Edge> succ = new HashMap<>();
    private final Map<String, GraphFigures.Edge> fail = new HashMap<>();
    private final int reachable;

    /** @param figures null when none are to be on it */
    GraphDrawing(RuleGraph graph, @Nullable GraphFigures figures) {
        this.graph = graph;
        this.args = new WrittenArgs(graph.document());
        if (figures != null) {
            figures.rules().forEach(rule -> rules.put(rule.rule(), rule));
            figures.edges().forEach(edge -> (edge.edge().equals("succ") ? succ : fail).put(edge.from(), edge));
        }
        walk(graph.start());
        reachable = numbers.size();
        graph.nodes().forEach(this::walk);
    }

    private void walk(Node from) {
        ArrayDeque<Node> open = new ArrayDeque<>(List.of(from));
        for (Node node = open.poll(); node != null; node = open.poll()) {
            if (numbers.putIfAbsent(node, numbers.size()) == null && node instanceof FilterNode filter) {
                open.push(filter.fail());
                open.push(filter.succ());
            }
        }
    }

    String in(GraphFormat format) {
        return switch (format) {
            case DOT -> picture().dot();
            case MERMAID -> picture().mermaid();
            case SVG -> picture().svg();
        };
    }

    private Picture picture() {
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        numbers.forEach((node, number) -> {
            boxes.add(box(node, number < reachable));
            if (node instanceof FilterNode filter) {
                String rule = filter.guard().rule();
                arrows.add(new Arrow(number, true, numberOf(filter.succ()), succ.get(rule)));
                arrows.add(new Arrow(number, false, numberOf(filter.fail()), fail.get(rule)));
            }
        });
        return new Picture(graph.domain(), boxes, arrows, requests());
    }

    private int numberOf(Node node) {
        Integer number = numbers.get(node);
        if (number == null) {
            throw new IllegalStateException("an edge leads out of the graph");
        }
        return number;
    }

    /** Every request comes to the first rule; those that it failed have taken no edge. */
    private @Nullable Requests requests() {
        String init = RuleGraph.guardOf(graph.start()).rule();
        GraphFigures.Rule first = rules.get(init);
        return first == null
                ? null
                : new Requests(first.count(), first.failed() + errors(succ.get(init)) + errors(fail.get(init)));
    }

    private static long errors(GraphFigures.@Nullable Edge edge) {
        return edge == null ? 0 : edge.errors();
    }

    private Box box(Node node, boolean isReachable) {
        if (node instanceof DeadEnd) {
            return new Box(Kind.DEAD_END, "", "", "", isReachable, null);
        }
        NodeGuard guard = RuleGraph.guardOf(node);
        Kind kind = node instanceof FilterNode ? Kind.FILTER : Kind.TERMINAL;
        String detail = detail(args.of(node));
        return new Box(kind, guard.rule(), guard.type(), detail, isReachable, rules.get(guard.rule()));
    }

    private static String detail(JsonValue.Obj args) {
        String all = args.members().entrySet().stream()
                .map(arg -> arg.getKey() + " " + shown(arg.getValue()))
                .collect(Collectors.joining(", "));
        return all.length() <= MOST ? all : all.substring(0, MOST) + "...";
    }

    private static String shown(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return text.text();
        }
        if (value instanceof JsonValue.Num number) {
            return number.text();
        }
        if (value instanceof JsonValue.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof JsonValue.Arr array) {
            return array.items().stream().map(GraphDrawing::shown).collect(Collectors.joining("|"));
        }
        return "...";
    }
}
