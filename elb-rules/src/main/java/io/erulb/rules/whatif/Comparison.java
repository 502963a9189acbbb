package io.erulb.rules.whatif;

import io.erulb.rules.Explanation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other rules would have made of the requests kept. Immutable.
 *
 * @param requests how many were gone over
 * @param from when the first of them came; null without any
 * @param to when the last of them came; null without any
 * @param moved how many would have gone elsewhere, or otherwise
 * @param rejects how many of those the rules would have refused, with 400 or more, and did not
 * @param unsure of how many it can't be told, since what decides is not kept
 * @param drawn of how many a random share was drawn anew
 * @param assumed how many a limit was taken to let pass, since it had not counted them
 * @param flows the moves, biggest first; at most {@link #MOST_FLOWS} of them
 * @param unknown the rules at which it can't be told, most frequent first
 * @param edges those that would have been taken more or less often; without the requests that it can't be told of
 */
public record Comparison(
        int requests,
        @Nullable Instant from,
        @Nullable Instant to,
        int moved,
        int rejects,
        int unsure,
        int drawn,
        int assumed,
        List<Flow> flows,
        List<Unknown> unknown,
        List<Edge> edges) {
    /** How many flows are told. */
    public static final int MOST_FLOWS = 100;

    /** Copies the lists. */
    public Comparison {
        flows = List.copyOf(flows);
        unknown = List.copyOf(unknown);
        edges = List.copyOf(edges);
    }

    /**
     * Requests that would have moved the same way.
     *
     * @param from where they went: an upstream, or a status, with the location of a redirect, such as {@code 301 /new}, or the
     *     rule that makes it, such as {@code 301 by r7}
     * @param to where they would have gone; the same where only what is sent differs
     * @param differs where both are the same: {@code path}, {@code headers}, {@code location} or {@code body}; else null
     * @param count how many
     * @param examples the first few
     */
    public record Flow(String from, String to, @Nullable String differs, int count, List<Example> examples) {
        /** Copies the list. */
        public Flow {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A request that would have moved.
     *
     * @param request its method and URL
     * @param at when it came
     * @param before why it went where it went
     * @param after why it would have gone where it would have gone
     */
    public record Example(String request, Instant at, Explanation before, Explanation after) {}

    /**
     * Requests of which it can't be told what a rule would have made of them.
     *
     * @param rule of the new rules
     * @param count how many
     * @param examples method and URL of the first few
     */
    public record Unknown(String rule, int count, List<String> examples) {
        /** Copies the list. */
        public Unknown {
            examples = List.copyOf(examples);
        }
    }

    /**
     * An edge that would have been taken more or less often.
     *
     * @param from the rule it leaves
     * @param edge {@code succ} or {@code fail}
     * @param before how often it was taken
     * @param after how often it would have been
     */
    public record Edge(String from, String edge, int before, int after) {}
}
