package io.erulb.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a graph decided as it did: every rule the walk came through, and the decision. Immutable.
 *
 * @param domain whose rules
 * @param steps in the order of the walk
 * @param decision what {@link RuleGraph#decide} gives for the same request
 */
public record Explanation(String domain, List<Step> steps, Decision decision) {
    /** Keeps a copy of the steps. */
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * The walk in short, such as {@code r1+ r4- r3}: {@code +} is the edge {@code succ}, {@code -} is {@code fail}, {@code
     * !} a rule that failed; a terminal stands alone.
     */
    public String path() {
        return steps.stream().map(step -> step.rule() + step.outcome().sign).collect(Collectors.joining(" "));
    }

    /** The steps and the decision as lines to be read in a terminal. */
    public String toText() {
        return ExplanationText.of(this);
    }

    /** How a step came out. */
    public enum Outcome {
        /** The filter matched: {@code succ}. */
        MATCHED("+"),
        /** The filter did not match: {@code fail}. */
        MISSED("-"),
        /** The filter ran out of its step budget: {@code fail}. */
        GAVE_UP("-"),
        /** The filter or terminal threw: 500. */
        FAILED("!"),
        /** A terminal decided. */
        DECIDED("");

        private final String sign;

        Outcome(String sign) {
            this.sign = sign;
        }
    }

    /**
     * One rule of the walk. Immutable.
     *
     * @param rule the rule's name
     * @param type its type
     * @param seen the request's value the filter looked at, null when the request has none, or for a terminal
     * @param expected what the value was compared with, for people; empty for a terminal
     * @param captures groups of the match, by number and name
     * @param outcome how it came out
     * @param edge {@code succ} or {@code fail}; null where the walk ends
     * @param next the rule the edge leads to; null where the walk ends, also by an absent edge
     * @param rewritten the path from here on, null when the filter left it alone
     */
    public record Step(
            String rule,
            String type,
            @Nullable String seen,
            String expected,
            Map<String, String> captures,
            Outcome outcome,
            @Nullable String edge,
            @Nullable String next,
            @Nullable String rewritten) {
        /** Keeps a copy of the captures. */
        public Step {
            captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
        }

        /** Whether a filter matched. */
        public boolean matched() {
            return outcome == Outcome.MATCHED;
        }
    }
}
