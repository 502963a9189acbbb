package io.erulb.rules;

/** How {@link RuleGraph#draw} writes a graph down. */
public enum GraphFormat {
    /** The language of Graphviz. */
    DOT,
    /** A flowchart of Mermaid, as Markdown pages draw it. */
    MERMAID
}
