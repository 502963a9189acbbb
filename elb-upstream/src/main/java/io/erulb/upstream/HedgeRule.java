package io.erulb.upstream;

/**
 * When a second server is asked because the first takes long, so that whichever answers first is heard (Dean and Barroso, The
 * Tail at Scale, 2013). Immutable.
 *
 * @param percentile of how long answers took lately: a request that takes longer may be asked twice; 50 to 99.9
 * @param maxPercent the greatest share that second servers may be of the requests of the last seconds, beside a few; 1 to 100
 */
public record HedgeRule(double percentile, int maxPercent) {
    /** The least percentile there is. */
    public static final double LEAST = 50;

    /** The greatest one. */
    public static final double MOST = 99.9;

    private static final int ALL = 100;

    /** Refuses, with {@link IllegalArgumentException}, what is out of range. */
    public HedgeRule {
        if (!(percentile >= LEAST && percentile <= MOST)) {
            throw new IllegalArgumentException("percentile: " + percentile + " (expected: 50 to 99.9)");
        }
        if (maxPercent < 1 || maxPercent > ALL) {
            throw new IllegalArgumentException("maxPercent: " + maxPercent + " (expected: 1 to 100)");
        }
    }
}
