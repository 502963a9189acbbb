package io.erulb.rules.drawing;

import io.erulb.rules.GraphFigures.Edge;
import io.erulb.rules.drawing.Layout.Point;
import io.erulb.rules.drawing.Picture.Arrow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws the edges of an image: curves with an arrow head, and what was counted beside where they begin. For one image. */
final class SvgEdges {
    private static final double LEAST_WIDTH = 1.5;
    private static final double MOST_WIDTH = 9;
    private static final double HEAD = 7;
    private static final double START = 26;

    /** A piece that goes aside by less is drawn as if it did not. */
    private static final double STRAIGHT = 0.5;

    /** The first bend leaves room for what is said of the edge. */
    private static final double LATE_BEND = 0.7;

    private final Picture picture;
    private final Layout layout;
    private final Markup out;
    private final double left;
    private final double top;

    SvgEdges(Picture picture, Layout layout, Markup out, double left, double top) {
        this.picture = picture;
        this.layout = layout;
        this.out = out;
        this.left = left;
        this.top = top;
    }

    /** Those with the most requests come last, over the others. */
    void draw() {
        Point first = layout.boxes().get(0);
        out.open("g", "class", "start");
        out.empty("circle", "cx", left + first.x(), "cy", top - START, "r", 4.5);
        line(List.of(new Point(first.x(), -START), new Point(first.x(), -START), first), LEAST_WIDTH);
        out.close("g");
        List<Integer> order = new ArrayList<>();
        for (int edge = 0; edge < picture.arrows().size(); edge++) {
            order.add(edge);
        }
        order.sort(Comparator.comparingDouble(
                edge -> picture.portion(picture.arrows().get(edge))));
        order.forEach(this::draw);
    }

    private void draw(int edge) {
        Arrow arrow = picture.arrows().get(edge);
        List<Point> points = layout.edges().get(edge);
        // A rule's edges stand side by side.
        Point beside = layout.edges().get(arrow.succ() ? edge + 1 : edge - 1).get(0);
        out.open(
                "g",
                "class",
                "edge " + arrow.edge() + (arrow.never() ? " never" : ""),
                "data-from",
                picture.boxes().get(arrow.from()).rule(),
                "data-edge",
                arrow.edge(),
                "data-to",
                picture.boxes().get(arrow.to()).rule());
        out.text("title", tooltip(arrow));
        line(points, LEAST_WIDTH + (MOST_WIDTH - LEAST_WIDTH) * picture.portion(arrow));
        figure(arrow, points.get(0), points.get(0).x() < beside.x());
        out.close("g");
    }

    /**
     * The points are those of a {@link Layout}. The line is written from its end, so that the dashes of those that share a
     * lane fall on each other.
     */
    private void line(List<Point> points, double width) {
        double head = HEAD + width / 2;
        Point end = points.get(points.size() - 1);
        StringBuilder path = new StringBuilder();
        Point from = new Point(end.x(), end.y() - head);
        path.append('M').append(at(from));
        for (int at = points.size() - 2; at >= 0; at--) {
            Point to = points.get(at);
            if (Math.abs(to.x() - from.x()) >= STRAIGHT) {
                double bend = to.y() + (from.y() - to.y()) * (at == 1 ? LATE_BEND : 0.5);
                path.append('V').append(Markup.number(top + from.y()));
                path.append('C').append(at(new Point(from.x(), bend))).append(' ');
                path.append(at(new Point(to.x(), bend))).append(' ').append(at(to));
                from = to;
            } else {
                from = new Point(from.x(), to.y());
            }
        }
        path.append('V').append(Markup.number(top + from.y()));
        out.empty("path", "class", "line", "d", path, "stroke-width", width);
        double half = head / 2 + width / 4;
        String tip = "M" + at(end) + "L" + at(new Point(end.x() - half, end.y() - head - 1)) + " "
                + at(new Point(end.x() + half, end.y() - head - 1)) + "Z";
        out.empty("path", "class", "head", "d", tip);
    }

    private String at(Point point) {
        return Markup.number(left + point.x()) + " " + Markup.number(top + point.y());
    }

    private void figure(Arrow arrow, Point start, boolean toTheLeft) {
        double x = left + start.x() + (toTheLeft ? -9 : 9);
        double y = top + start.y() + 17;
        out.open("text", "class", "figure", "x", x, "y", y, "text-anchor", toTheLeft ? "end" : "start");
        out.text("tspan", arrow.succ() ? "+" : "\u2212", "class", "sign");
        Edge figures = arrow.figures();
        if (figures != null) {
            out.content(" " + (arrow.never() ? "never" : FigureText.share(figures.share())));
            if (!arrow.never()) {
                String flow = figures.rate() > 0 ? FigureText.rate(figures.rate()) : FigureText.count(figures.count());
                out.text("tspan", flow, "class", "flow", "x", x, "dy", 13.0);
            }
            if (figures.errors() > 0) {
                String errors = FigureText.share((double) figures.errors() / figures.count()) + " errors";
                out.text("tspan", errors, "class", "errors", "x", x, "dy", 12.0);
            }
        }
        out.close("text");
    }

    private String tooltip(Arrow arrow) {
        String to = picture.boxes().get(arrow.to()).rule();
        String way = picture.boxes().get(arrow.from()).rule() + " " + arrow.edge() + ": " + (to.isEmpty() ? "403" : to);
        Edge figures = arrow.figures();
        if (figures == null) {
            return way;
        }
        String since = figures.since() == 0 ? "" : " since version " + figures.since();
        if (arrow.never()) {
            return way + "; not taken" + since;
        }
        String requests = FigureText.counted(Long.toString(figures.count()), "request");
        String errors = FigureText.counted(Long.toString(figures.errors()), "error");
        return way + "; " + requests + ", " + errors + since;
    }
}
