package io.erulb.rules.drawing;

import io.erulb.rules.GraphFigures.Edge;
import io.erulb.rules.drawing.Picture.Arrow;
import io.erulb.rules.drawing.Picture.Box;
import io.erulb.rules.drawing.Picture.Kind;

/** A picture as a flowchart of Mermaid. Edges {@code fail} are dotted. */
final class MermaidText {
    private MermaidText() {}

    static String of(Picture picture) {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        for (int at = 0; at < picture.boxes().size(); at++) {
            Box box = picture.boxes().get(at);
            String detail = box.detail().isEmpty() ? "" : "<br>" + escaped(box.detail());
            String label = "\"" + escaped(Lines.title(box)) + detail + "\"";
            String shape = box.kind() == Kind.FILTER ? "[" + label + "]" : "([" + label + "])";
            text.append("  n").append(at).append(shape).append('\n');
        }
        for (Arrow arrow : picture.arrows()) {
            String line = arrow.succ() ? "-->" : "-.->";
            text.append("  n%d %s|%s| n%d\n".formatted(arrow.from(), line, label(arrow), arrow.to()));
        }
        return text.toString();
    }

    private static String label(Arrow arrow) {
        Edge figures = arrow.figures();
        return figures == null ? arrow.edge() : "\"" + arrow.edge() + "<br>" + FigureText.of(figures) + "\"";
    }

    /** Entities as Mermaid has them, with a number sign in place of the ampersand. */
    private static String escaped(String text) {
        return Lines.one(text)
                .replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }
}
