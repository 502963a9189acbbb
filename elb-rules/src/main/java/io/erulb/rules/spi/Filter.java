package io.erulb.rules.spi;

import io.erulb.rules.RequestView;

/**
 * A test of a request, made once for each rule of its type.
 *
 * <p>Filters are stateless, never block and are used by many threads at once; one that counts is a {@link Limit}. One that
 * throws ends its request with 500 and is named in the log.
 */
public interface Filter {
    /**
     * Tests the request: {@link Verdict#MATCH} goes on along {@code succ}, {@link Verdict#MISS} along {@code fail}. Changes
     * nothing, as explanations ask too.
     */
    Verdict test(RequestView request);

    /** Whether {@link #evidence} may hold captures, for terminals further down that use them. */
    default boolean capturing() {
        return false;
    }

    /**
     * What {@link #test} looked at for this request. Asked by an explanation, and by a terminal that uses captures; never
     * else, so it may cost something.
     */
    default Evidence evidence(RequestView request) {
        return Evidence.none();
    }

    /** What this filter asks of requests, for analysis; exactly that, or {@link Condition.Unknown}. */
    default Condition condition() {
        return new Condition.Unknown();
    }
}
