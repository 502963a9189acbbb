package io.erulb.routing;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long a name rests between two look-ups. Immutable.
 *
 * @param every after an answer without a TTL
 * @param maxTtl the longest TTL that is believed, at least {@link #SHORTEST}
 * @param random spreads what failed together; called by many threads
 */
record Pace(Duration every, Duration maxTtl, RandomGenerator random) {
    /** The shortest TTL that is believed: some sources say 0. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest rest of a name that fails, unless names are looked up more often anyway. */
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 10;

    Duration after(@Nullable Duration ttl) {
        return ttl == null ? every : longer(SHORTEST, shorter(ttl, maxTtl));
    }

    /** Twice as long after each failure; half of it is chance, so that many names do not come back all at once. */
    Duration afterFailures(int inARow) {
        int doublings = Math.min(inARow - 1, MOST_DOUBLINGS);
        Duration most = shorter(SHORTEST.multipliedBy(1L << doublings), shorter(every, LONGEST_RETRY));
        return most.minusNanos((long) (most.toNanos() / 2.0 * random.nextDouble()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
