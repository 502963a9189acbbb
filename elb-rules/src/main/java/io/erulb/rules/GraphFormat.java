package io.erulb.rules;

import io.erulb.rules.drawing.Picture;
import java.util.function.Function;

/** How {@link RuleGraph#draw} writes a graph down. */
public enum GraphFormat {
    /** The language of Graphviz. */
    DOT(Picture::dot),
    /** A flowchart of Mermaid, as Markdown pages draw it. */
    MERMAID(Picture::mermaid),
    /**
     * An image, that looks well by itself on light and on dark. Each rule is a {@code g} of the classes {@code rule} and its
     * type, with {@code data-rule}; each edge one of {@code edge}, {@code succ} or {@code fail}, and {@code never} when it was
     * not taken, with {@code data-from}, {@code data-edge} and {@code data-to}.
     */
    SVG(Picture::svg);

    private final Function<Picture, String> writer;

    GraphFormat(Function<Picture, String> writer) {
        this.writer = writer;
    }

    String text(Picture picture) {
        return writer.apply(picture);
    }
}
