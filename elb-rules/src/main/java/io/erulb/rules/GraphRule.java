package io.erulb.rules;

import io.erulb.rules.spi.Condition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a compiled graph, for those who reason about it or draw it. Immutable.
 *
 * @param name the rule's name
 * @param type its type
 * @param condition what it asks of requests; null for a terminal
 * @param capturing whether it is a filter that may have captures
 * @param succ the rule that {@code succ} leads to; null where that edge is absent, and for a terminal
 * @param fail the same for {@code fail}
 * @param upstreams the upstreams or servers that a terminal may name
 * @param captureNames the groups that a terminal has places for
 */
public record GraphRule(
        String name,
        String type,
        @Nullable Condition condition,
        boolean capturing,
        @Nullable String succ,
        @Nullable String fail,
        Set<String> upstreams,
        Set<String> captureNames) {

    static GraphRule of(Node node) {
        NodeGuard guard = RuleGraph.guardOf(node);
        if (node instanceof FilterNode filter) {
            return new GraphRule(
                    guard.rule(),
                    guard.type(),
                    filter.condition(),
                    filter.captures(),
                    ruleOf(filter.succ()),
                    ruleOf(filter.fail()),
                    Set.of(),
                    Set.of());
        }
        TerminalNode terminal = (TerminalNode) node;
        return new GraphRule(
                guard.rule(), guard.type(), null, false, null, null, terminal.upstreams(), terminal.captureNames());
    }

    static @Nullable String ruleOf(Node node) {
        return node instanceof DeadEnd ? null : RuleGraph.guardOf(node).rule();
    }

    /** Whether the walk ends here. */
    public boolean terminal() {
        return condition == null;
    }
}
