package io.erulb.upstream;

/**
 * What is remembered where a second server may be asked. Safe for use by many threads.
 *
 * @param budget of second servers beside first ones
 * @param latencies of all peers
 */
record Hedging(RetryBudget budget, RecentLatencies latencies) {
    /** Nothing yet. */
    static Hedging from(long now) {
        return new Hedging(new RetryBudget(now), new RecentLatencies(now));
    }
}
