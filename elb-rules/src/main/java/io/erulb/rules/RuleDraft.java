package io.erulb.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule on its way from the document to the graph.
 *
 * @param node the compiled rule; null when its type is unknown or its provider failed
 * @param succ the rule its edge names; null when absent or not a filter
 * @param fail the same for the other edge
 */
record RuleDraft(
        @Nullable Node node,
        @Nullable String succ,
        @Nullable String fail) {
    List<String> edges() {
        List<String> edges = new ArrayList<>();
        if (succ != null) {
            edges.add(succ);
        }
        if (fail != null) {
            edges.add(fail);
        }
        return edges;
    }
}
