package io.erulb.rules.analysis;

/**
 * How much one analysis may still do: whatever the document, it comes to an end in some seconds. A unit is about a step of an
 * automaton or a look at a text. Used by one thread.
 */
final class Work {
    private static final long MOST = 20_000_000;

    private long left = MOST;

    void spend(long units) {
        left -= units;
    }

    boolean isSpent() {
        return left <= 0;
    }
}
