package io.erulb.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a graph and its edges, each with what was counted of it. Immutable.
 *
 * @param init the rule that every request comes to first
 * @param rules in the order of the document
 * @param edges of the filters in that order, {@code succ} before {@code fail}; those that lead nowhere too
 */
public record GraphFigures(String init, List<Rule> rules, List<Edge> edges) {
    /** Keeps copies of the lists. */
    public GraphFigures {
        rules = List.copyOf(rules);
        edges = List.copyOf(edges);
    }

    /**
     * A rule. Immutable.
     *
     * @param rule its name
     * @param type its type
     * @param args its arguments as a JSON object, without the edges
     * @param reachable whether edges lead from {@link #init} to it
     * @param count how many requests came to it
     * @param failed how many of them it failed, so that they were answered 500
     */
    public record Rule(String rule, String type, String args, boolean reachable, long count, long failed) {}

    /**
     * An edge. Immutable.
     *
     * @param from the rule it leads from
     * @param edge {@code succ} or {@code fail}
     * @param to the rule it leads to; null where it ends the walk with 403
     * @param count how many requests took it
     * @param errors how many of them were answered with 500 or above
     * @param rate requests a second; see {@link Traffic#figures(Traffic, java.time.Duration)}
     * @param share of the requests that came to {@code from}, 0 to 1; 0 when none did
     * @param since the version that it was first counted with, 0 when nobody said
     */
    public record Edge(
            String from,
            String edge,
            @Nullable String to,
            long count,
            long errors,
            double rate,
            double share,
            long since) {}
}
