package io.erulb.rules;

/** How {@link RuleGraph#draw} writes a graph down. */
public enum GraphFormat {
    /** The language of Graphviz. */
    DOT,
    /** A flowchart of Mermaid, as Markdown pages draw it. */
    MERMAID,
    /**
     * An image, that looks well by itself on light and on dark. Each rule is a {@code g} of the classes {@code rule} and its
     * type, with {@code data-rule}; each edge one of {@code edge}, {@code succ} or {@code fail}, and {@code never} when it was
     * not taken, with {@code data-from}, {@code data-edge} and {@code data-to}.
     */
    SVG
}
