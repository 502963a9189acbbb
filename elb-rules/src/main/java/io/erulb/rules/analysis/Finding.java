package io.erulb.rules.analysis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about a graph that its author may not have meant. Immutable.
 *
 * @param kind what it is
 * @param rule the rule it is about
 * @param edge {@code succ} or {@code fail} where it is about an edge; else null
 * @param message what it is, and what proves it where there is no witness, for people
 * @param witness a request that shows it; null where the message has the proof
 */
public record Finding(
        Kind kind,
        String rule,
        @Nullable String edge,
        String message,
        @Nullable Witness witness) {

    /** What a finding may be. */
    public enum Kind {
        /** No request comes to the rule. */
        UNREACHABLE,
        /** No request takes the edge. */
        NEVER_TAKEN,
        /** No request takes the edge {@code succ}, since an earlier rule takes all that match; the witness is one. */
        SHADOWED,
        /** The edge is absent and there are requests that would need it. */
        ENDS_IN_403,
        /** The terminal has a place for a group that nothing on the witness's way captures. */
        MISSING_CAPTURE,
        /** The pattern is matched by trial and error. */
        BACKTRACKING,
        /** Splits one after the other are each a share of what is left, and do not come to what they seem to. */
        SPLIT_SUM,
        /** There is no such upstream. */
        MISSING_UPSTREAM,
        /** The upstream has no servers. */
        EMPTY_UPSTREAM,
        /** Whether the edge can be taken was not found out within the limits of an analysis. */
        UNDECIDED;

        /** In lower case, as JSON has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Rule and message in a line. */
    @Override
    public String toString() {
        return "rule " + rule + (edge == null ? "" : ", " + edge) + ": " + message;
    }
}
