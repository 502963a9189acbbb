package io.erulb.rules.drawing;

import io.erulb.rules.GraphFigures;
import io.erulb.rules.drawing.Layers.Link;
import io.erulb.rules.drawing.Layout.Point;
import io.erulb.rules.drawing.Layout.Size;
import io.erulb.rules.drawing.Picture.Box;
import io.erulb.rules.drawing.Picture.Kind;
import io.erulb.rules.drawing.Picture.Requests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A picture as SVG. Looks are left to classes; {@code data-} attributes name rules and edges for a page that has the image
 * inline. For one image.
 */
final class SvgImage {
    private static final double MARGIN = 56;
    private static final double TOP = 104;
    private static final double BOX_HEIGHT = 48;
    private static final double LEAST_WIDTH = 132;
    private static final double PADDING = 14;

    /** Widths of characters at the sizes that the style gives them; names and arguments are monospaced. */
    private static final double NAME = 7.9;

    private static final double DETAIL = 6.7;
    private static final double TYPE = 6.4;
    private static final double HEADING = 10;
    private static final int MOST_NAME = 26;
    private static final int MOST_DETAIL = 34;
    private static final int MOST_TYPE = 16;

    private final Picture picture;
    private final Layout layout;
    private final List<Size> sizes = new ArrayList<>();

    /** The boxes where edges lead that may have been taken. */
    private final Set<Integer> ends = new HashSet<>();

    private final Markup out = new Markup();

    SvgImage(Picture picture) {
        this.picture = picture;
        picture.boxes().forEach(box -> sizes.add(size(box)));
        List<Link> links = picture.arrows().stream()
                .map(arrow -> new Link(arrow.from(), arrow.to()))
                .toList();
        this.layout = Layout.of(sizes, links);
        picture.arrows().stream().filter(arrow -> !arrow.never()).forEach(arrow -> ends.add(arrow.to()));
    }

    private static Size size(Box box) {
        if (box.kind() == Kind.DEAD_END) {
            return new Size(38, 20);
        }
        double head = NAME * Lines.room(name(box)) + PADDING + TYPE * Lines.room(type(box));
        double detail = DETAIL * Lines.room(detail(box));
        return new Size(Math.max(LEAST_WIDTH, Math.max(head, detail) + 2 * PADDING), BOX_HEIGHT);
    }

    private static String name(Box box) {
        return Lines.cut(Lines.one(box.rule()), MOST_NAME);
    }

    private static String type(Box box) {
        return Lines.cut(Lines.one(box.type()), MOST_TYPE);
    }

    private static String detail(Box box) {
        return Lines.cut(Lines.one(box.detail()), MOST_DETAIL);
    }

    String text() {
        String title = "Rules of " + picture.domain();
        double width = Math.max(layout.width(), HEADING * Lines.room(picture.domain())) + 2 * MARGIN;
        double height = layout.height() + TOP + MARGIN;
        out.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "elb-graph",
                "viewBox",
                "0 0 " + Markup.number(width) + " " + Markup.number(height),
                "width",
                width,
                "height",
                height,
                "role",
                "img");
        out.text("title", title).text("style", SvgStyle.CSS);
        out.empty("rect", "class", "paper", "width", width, "height", height);
        heading();
        new SvgEdges(picture, layout, out, MARGIN, TOP).draw();
        for (int at = 0; at < sizes.size(); at++) {
            draw(at);
        }
        return out.close("svg").toString();
    }

    private void heading() {
        out.text("text", Lines.one(picture.domain()), "class", "heading", "x", MARGIN, "y", 38.0);
        Requests requests = picture.requests();
        if (requests != null) {
            String errors = requests.errors() == 0
                    ? "no errors"
                    : FigureText.counted(FigureText.count(requests.errors()), "error");
            String summary = FigureText.counted(FigureText.count(requests.count()), "request") + ", " + errors;
            out.text("text", summary, "class", "summary", "x", MARGIN, "y", 56.0);
        }
    }

    private void draw(int at) {
        Box box = picture.boxes().get(at);
        Size size = sizes.get(at);
        Point top = layout.boxes().get(at);
        double x = MARGIN + top.x() - size.width() / 2;
        double y = TOP + top.y();
        if (box.kind() == Kind.DEAD_END) {
            out.open("g", "class", "dead-end" + (ends.contains(at) ? "" : " idle"))
                    .text("title", "no edge: answers 403");
            out.empty("rect", "x", x, "y", y, "width", size.width(), "height", size.height(), "rx", 10.0);
            out.text("text", "403", "x", x + size.width() / 2, "y", y + 14).close("g");
            return;
        }
        out.open("g", "class", classes(box), "data-rule", box.rule()).text("title", tooltip(box));
        out.empty("rect", "class", "box", "x", x, "y", y, "width", size.width(), "height", size.height(), "rx", 8.0);
        out.empty(
                "rect", "class", "bar", "x", x + 5, "y", y + 8, "width", 3.0, "height", size.height() - 16, "rx", 1.5);
        out.text("text", name(box), "class", "name", "x", x + PADDING, "y", y + 20);
        out.text("text", type(box), "class", "type", "x", x + size.width() - PADDING + 2, "y", y + 20);
        if (!box.detail().isEmpty()) {
            out.text("text", detail(box), "class", "detail", "x", x + PADDING, "y", y + 37);
        }
        out.close("g");
    }

    private static String classes(Box box) {
        GraphFigures.Rule figures = box.figures();
        String kind = box.kind() == Kind.FILTER ? " filter" : " terminal";
        String use = !box.reachable() ? " unreachable" : figures != null && figures.count() == 0 ? " idle" : "";
        return "rule " + box.type().replaceAll("[^A-Za-z0-9_-]", "-") + kind + use;
    }

    private static String tooltip(Box box) {
        GraphFigures.Rule figures = box.figures();
        String detail = box.detail().isEmpty() ? "" : ", " + box.detail();
        String count = figures == null ? "" : "; " + FigureText.counted(Long.toString(figures.count()), "request");
        String unreachable = box.reachable() ? "" : "; no edge leads here";
        return Lines.title(box) + detail + count + unreachable;
    }
}
