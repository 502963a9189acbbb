package io.erulb.rules.filter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rule that buckets of tokens go by: full with {@code burst} tokens at first, each request takes one, one comes back
 * every {@code interval} nanoseconds. Immutable.
 *
 * <p>A bucket is one number, the time at which it is full again, by the generic cell rate algorithm in its form of virtual
 * scheduling (ITU-T I.371, annex A). With {@code 2/s} and a burst of 2, a first request at 0 s moves it to 0.5 s, a second
 * one to 1 s; a third is refused until 0.5 s, when one token is back. The number changes by compare-and-set alone, so that
 * no count of threads gets more tokens than there are.
 *
 * @param interval nanoseconds from token to token, at least 1
 * @param burst most tokens, at least 1
 */
record TokenBucket(long interval, int burst) {
    static final int MOST = 1_000_000;

    private static final Pattern RATE = Pattern.compile("([0-9]{1,7})/([smh])");

    /** A count of tokens in some time, such as {@code 100/s}. */
    record Rate(int count, long nanos) {
        static final String EXPECTED = "1 to " + MOST + " per s, m or h, such as 100/s, 6000/m or 5/h";

        /** Reads a rate; null for anything else. */
        static @Nullable Rate parse(String text) {
            Matcher matcher = RATE.matcher(text);
            int count = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            return count < 1 || count > MOST ? null : new Rate(count, nanosOf(matcher.group(2)));
        }

        private static long nanosOf(String unit) {
            return switch (unit) {
                case "s" -> TimeUnit.SECONDS.toNanos(1);
                case "m" -> TimeUnit.MINUTES.toNanos(1);
                default -> TimeUnit.HOURS.toNanos(1);
            };
        }

        /** Nanoseconds from token to token, rounded up so that no more come than it says. */
        long interval() {
            return (nanos + count - 1) / count;
        }
    }

    /** A full bucket: the time at which it is, or was, full. */
    static AtomicLong full(long now) {
        return new AtomicLong(now);
    }

    /** Takes a token; false when there is none. */
    boolean take(AtomicLong fullAt, long now) {
        while (true) {
            long before = fullAt.get();
            long missing = missing(before, now);
            if (missing > nanosToFill() - interval) {
                return false;
            }
            if (fullAt.compareAndSet(before, now + missing + interval)) {
                return true;
            }
        }
    }

    /** How many whole tokens there are. */
    long tokens(long fullAt, long now) {
        return Math.max(0, nanosToFill() - missing(fullAt, now)) / interval;
    }

    /** How long until there is a token, 0 or less when there is one. */
    long nanosToToken(long fullAt, long now) {
        return missing(fullAt, now) + interval - nanosToFill();
    }

    /** How long an empty bucket takes to be full; one unused for as long is like a new one. At most 3.6e18. */
    long nanosToFill() {
        return interval * burst;
    }

    /** By differences, as the clock may wrap around. */
    private static long missing(long fullAt, long now) {
        return Math.max(0, fullAt - now);
    }
}
