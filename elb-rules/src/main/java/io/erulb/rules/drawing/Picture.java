package io.erulb.rules.drawing;

import io.erulb.rules.GraphFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be drawn of a graph: boxes and the edges between them, in whatever format. Immutable.
 *
 * @param domain whose rules
 * @param boxes those that requests can come by first, the one they all come to at the very first
 * @param arrows the edges
 * @param requests how many were counted in all; null when there are no figures
 */
public record Picture(
        String domain,
        List<Box> boxes,
        List<Arrow> arrows,
        @Nullable Requests requests) {
    /** Keeps copies of the lists. */
    public Picture {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /** What a box stands for. */
    public enum Kind {
        /** A rule with two edges. */
        FILTER,
        /** A rule that ends the walk. */
        TERMINAL,
        /** The end of the walk at an absent edge. */
        DEAD_END
    }

    /**
     * A rule or a dead end.
     *
     * @param rule its name, empty for a dead end
     * @param type its type, empty for a dead end
     * @param detail its arguments in short
     * @param figures what was counted of it; null for a dead end, and when there are no figures
     */
    public record Box(
            Kind kind,
            String rule,
            String type,
            String detail,
            boolean reachable,
            GraphFigures.@Nullable Rule figures) {}

    /**
     * An edge.
     *
     * @param from the number of a box
     * @param succ whether it is {@code succ} rather than {@code fail}
     * @param to the number of a box
     * @param figures what was counted of it; null when there are no figures
     */
    public record Arrow(int from, boolean succ, int to, GraphFigures.@Nullable Edge figures) {
        String edge() {
            return succ ? "succ" : "fail";
        }

        /** Whether it is known that no request took it. */
        boolean never() {
            return figures != null && figures.count() == 0;
        }
    }

    /** Requests of the whole graph. */
    public record Requests(long count, long errors) {}

    /** An edge's part of all requests, 0 to 1. */
    double portion(Arrow arrow) {
        return requests == null || arrow.figures() == null || requests.count() == 0
                ? 0
                : Math.min(1, (double) arrow.figures().count() / requests.count());
    }

    /** In the language of Graphviz. */
    public String dot() {
        return DotText.of(this);
    }

    /** As a flowchart of Mermaid. */
    public String mermaid() {
        return MermaidText.of(this);
    }

    /** As an image. */
    public String svg() {
        return new SvgImage(this).text();
    }
}
