package io.erulb.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a graph and the edges between them, to be written in one format or another: those that requests can come by
 * first, in the order of the walk. For one drawing.
 */
final class GraphDrawing {
    private static final Set<String> EDGES = Set.of("succ", "fail");
    private static final int MOST = 60;

    private final String domain;
    private final Map<Node, Box> boxes = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();

    /**
     * A rule, or the end of a walk at an absent edge.
     *
     * @param round whether it ends the walk
     */
    private record Box(String id, String title, String detail, boolean round) {}

    /** An edge; {@code fail} is drawn dashed. */
    private record Arrow(Box from, String edge, Box to) {
        boolean dashed() {
            return edge.equals("fail");
        }
    }

    GraphDrawing(RuleGraph graph, Node start, List<Node> nodes) {
        this.domain = graph.domain();
        JsonValue rules = graph.document().root().get("rules");
        ArrayDeque<Node> queue = new ArrayDeque<>(List.of(start));
        queue.addAll(nodes);
        for (Node node = queue.poll(); node != null; node = queue.poll()) {
            if (boxes.containsKey(node)) {
                continue;
            }
            boxes.put(node, box(node, rules));
            if (node instanceof FilterNode filter) {
                queue.addFirst(filter.fail());
                queue.addFirst(filter.succ());
            }
        }
        boxes.keySet().forEach(this::addArrows);
    }

    private void addArrows(Node node) {
        if (node instanceof FilterNode filter) {
            arrows.add(new Arrow(boxOf(node), "succ", boxOf(filter.succ())));
            arrows.add(new Arrow(boxOf(node), "fail", boxOf(filter.fail())));
        }
    }

    private Box boxOf(Node node) {
        Box box = boxes.get(node);
        if (box == null) {
            throw new IllegalStateException("an edge leads out of the graph");
        }
        return box;
    }

    private Box box(Node node, @Nullable JsonValue rules) {
        String id = "n" + boxes.size();
        if (node instanceof DeadEnd) {
            return new Box(id, "403", "", true);
        }
        NodeGuard guard = RuleGraph.guardOf(node);
        JsonValue rule = rules instanceof JsonValue.Obj all ? all.get(guard.rule()) : null;
        JsonValue args = rule instanceof JsonValue.Obj members ? members.get("args") : null;
        return new Box(id, guard.rule() + ": " + guard.type(), detail(args), node instanceof TerminalNode);
    }

    private static String detail(@Nullable JsonValue args) {
        if (!(args instanceof JsonValue.Obj object)) {
            return "";
        }
        String all = object.members().entrySet().stream()
                .filter(arg -> !EDGES.contains(arg.getKey()))
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

    String in(GraphFormat format) {
        return switch (format) {
            case DOT -> dot();
            case MERMAID -> mermaid();
        };
    }

    private String dot() {
        StringBuilder text = new StringBuilder("digraph \"" + dotText(domain) + "\" {\n");
        text.append("  node [shape=box, style=rounded];\n");
        for (Box box : boxes.values()) {
            String detail = box.detail.isEmpty() ? "" : "\\n" + dotText(box.detail);
            String shape = box.round ? ", shape=oval, style=solid" : "";
            text.append("  %s [label=\"%s%s\"%s];\n".formatted(box.id, dotText(box.title), detail, shape));
        }
        for (Arrow arrow : arrows) {
            String style = arrow.dashed() ? ", style=dashed" : "";
            text.append("  %s -> %s [label=%s%s];\n".formatted(arrow.from.id, arrow.to.id, arrow.edge, style));
        }
        return text.append("}\n").toString();
    }

    private static String dotText(String text) {
        return oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String mermaid() {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        for (Box box : boxes.values()) {
            String detail = box.detail.isEmpty() ? "" : "<br>" + mermaidText(box.detail);
            String label = "\"" + mermaidText(box.title) + detail + "\"";
            text.append("  ")
                    .append(box.id)
                    .append(box.round ? "([" + label + "])" : "[" + label + "]")
                    .append('\n');
        }
        for (Arrow arrow : arrows) {
            String line = arrow.dashed() ? "-.->" : "-->";
            text.append("  %s %s|%s| %s\n".formatted(arrow.from.id, line, arrow.edge, arrow.to.id));
        }
        return text.toString();
    }

    /** Entities as Mermaid has them, with a number sign in place of the ampersand. */
    private static String mermaidText(String text) {
        return oneLine(text)
                .replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
