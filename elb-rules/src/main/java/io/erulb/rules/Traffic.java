package io.erulb.rules;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a graph had counted at one moment. A request that was being counted just then may be on some of its edges only.
 * Immutable.
 */
public final class Traffic {
    private final RuleGraph graph;

    /** The sums of each rule, one rule after the other. */
    private final long[] sums;

    Traffic(RuleGraph graph) {
        this.graph = graph;
        this.sums = new long[graph.nodes().size() * RuleTally.SUMS];
        int at = 0;
        for (Node node : graph.nodes()) {
            RuleTally tally = RuleGraph.tallyOf(node);
            for (int sum = 0; sum < RuleTally.SUMS; sum++) {
                sums[at++] = tally.sum(sum);
            }
        }
    }

    /** The figures of every rule and edge, all rates 0. */
    public GraphFigures figures() {
        return figures(this, Duration.ofSeconds(1));
    }

    /**
     * The figures of every rule and edge.
     *
     * @param earlier taken before, of this graph or one whose place it took; rates tell what came since. An edge that was
     *     not counted yet then, such as one of a new rule, has all that it counted since; null when none was
     * @param between how long before, above zero
     */
    public GraphFigures figures(@Nullable Traffic earlier, Duration between) {
        if (between.isNegative() || between.isZero()) {
            throw new IllegalArgumentException("between: " + between + " (expected: above zero)");
        }
        return new FiguresOfTraffic(this, earlier, between).figures();
    }

    RuleGraph graph() {
        return graph;
    }

    /** How many requests came to a rule. */
    long arrivals(int place) {
        return count(place, RuleTally.SUCC) + count(place, RuleTally.FAIL) + count(place, RuleTally.FAILED);
    }

    /** How many requests left a rule by a way. */
    long count(int place, int way) {
        int at = place * RuleTally.SUMS + 2 * way;
        return sums[at] + sums[at + 1];
    }

    /** How many of those were errors. */
    long errors(int place, int way) {
        return sums[place * RuleTally.SUMS + 2 * way + 1];
    }

    /** The places of rules among the sums, by their counters: a rule that stays has the same in the next graph. */
    Map<RuleTally, Integer> places() {
        Map<RuleTally, Integer> places = new HashMap<>();
        graph.nodes().forEach(node -> places.put(RuleGraph.tallyOf(node), places.size()));
        return places;
    }
}
