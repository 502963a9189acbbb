package io.erulb.rules.drawing;

import io.erulb.rules.GraphFigures.Edge;
import io.erulb.rules.drawing.Picture.Arrow;
import io.erulb.rules.drawing.Picture.Box;
import io.erulb.rules.drawing.Picture.Kind;
import java.util.Locale;

/** A picture in the language of Graphviz. Edges {@code fail} are dashed, those never taken grey. */
final class DotText {
    private DotText() {}

    static String of(Picture picture) {
        StringBuilder text = new StringBuilder("digraph \"" + escaped(picture.domain()) + "\" {\n");
        text.append("  node [shape=box, style=rounded];\n");
        for (int at = 0; at < picture.boxes().size(); at++) {
            Box box = picture.boxes().get(at);
            String detail = box.detail().isEmpty() ? "" : "\\n" + escaped(box.detail());
            String shape = box.kind() == Kind.FILTER ? "" : ", shape=oval, style=solid";
            text.append("  n%d [label=\"%s%s\"%s];\n".formatted(at, escaped(Lines.title(box)), detail, shape));
        }
        for (Arrow arrow : picture.arrows()) {
            String style = arrow.succ() ? "" : ", style=dashed";
            text.append("  n%d -> n%d [label=%s%s%s];\n"
                    .formatted(arrow.from(), arrow.to(), label(arrow), style, look(arrow, picture)));
        }
        return text.append("}\n").toString();
    }

    private static String label(Arrow arrow) {
        Edge figures = arrow.figures();
        return figures == null ? arrow.edge() : "\"" + arrow.edge() + "\\n" + FigureText.of(figures) + "\"";
    }

    private static String look(Arrow arrow, Picture picture) {
        if (arrow.figures() == null) {
            return "";
        }
        return arrow.never()
                ? ", color=gray, fontcolor=gray"
                : String.format(Locale.ROOT, ", penwidth=%.1f", 1 + 4 * picture.portion(arrow));
    }

    private static String escaped(String text) {
        return Lines.one(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
