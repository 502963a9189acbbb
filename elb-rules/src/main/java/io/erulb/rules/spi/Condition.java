package io.erulb.rules.spi;

import io.erulb.rules.RequestValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter asks of a request, told so that a graph can be reasoned about before any request comes. A filter that tells
 * nothing works as well; analysis then takes it that either edge may be taken. Immutable.
 */
public sealed interface Condition {

    /** A filter that tells nothing of itself, and may rewrite the path. */
    record Unknown() implements Condition {}

    /** Something that is no matter of the request alone, such as a limit: either edge may be taken at any time. */
    record Chance() implements Condition {}

    /**
     * Another condition, whose filter gives requests that match another path.
     *
     * @param condition what has to hold
     */
    record Rewriting(Condition condition) implements Condition {}

    /**
     * The method is one of some.
     *
     * @param methods as sent; case matters
     */
    record Method(Set<String> methods) implements Condition {}

    /**
     * The client's address is in one of some blocks.
     *
     * @param ranges the blocks
     */
    record Client(List<IpRange> ranges) implements Condition {}

    /**
     * The wall clock of a zone shows one of some minutes of the week.
     *
     * @param zone the zone
     * @param minutes since Monday 00:00, from 0 to 10,079
     */
    record Clock(ZoneId zone, BitSet minutes) implements Condition {
        /** Whether it holds at a moment. */
        public boolean holds(Instant at) {
            LocalDateTime there = LocalDateTime.ofInstant(at, zone);
            int day = there.getDayOfWeek().getValue() - 1;
            return minutes.get((day * 24 + there.getHour()) * 60 + there.getMinute());
        }
    }

    /**
     * A share of the requests.
     *
     * @param share from 0 to 1
     * @param on the value whose hash is looked at, which has to be there; null for a draw at random
     * @param salt goes into the hash
     */
    record Share(double share, @Nullable RequestValue on, String salt) implements Condition {}

    /**
     * A text of the request is one of some.
     *
     * @param value where the text stands: anything but the client
     * @param anyLine whether one matching line of several is enough, of a header; else the first counts
     * @param texts those that match
     */
    record Text(RequestValue value, boolean anyLine, Texts texts) implements Condition {}

    /** A set of texts. Immutable. */
    sealed interface Texts {
        /** Every text, the empty one included. */
        record All() implements Texts {}

        /**
         * Some texts.
         *
         * @param ignoreCase whether letters match in either case, as {@link String#equalsIgnoreCase} has it
         */
        record Equal(List<String> texts, boolean ignoreCase) implements Texts {}

        /**
         * Texts that start with one.
         *
         * @param ignoreCase whether letters match in either case, as {@link String#equalsIgnoreCase} has it
         */
        record Prefix(String text, boolean ignoreCase) implements Texts {}

        /** Texts that end with one and are longer. */
        record Below(String suffix) implements Texts {}

        /**
         * Texts in which a pattern is found.
         *
         * @param pattern the pattern
         * @param ignoreCase as it was compiled
         * @param backtracking whether it is java.util.regex's
         * @param nonEmpty whether the empty text is left out, whatever the pattern
         */
        record Found(TextPattern pattern, boolean ignoreCase, boolean backtracking, boolean nonEmpty)
                implements Texts {}

        /** Texts of any of some sets. */
        record AnyOf(List<Texts> sets) implements Texts {}
    }
}
