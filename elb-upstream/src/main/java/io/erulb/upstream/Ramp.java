package io.erulb.upstream;

/**
 * How far a peer that came, or came back, is on its way to full weight. With a slow start of 30 s: 10 % at once, 10 % still
 * after 3 s, 50 % after 15 s, and all of it after 30 s. Safe for use by many threads.
 */
final class Ramp {
    static final int FULL = 100;
    private static final int LEAST = 10;

    private volatile Start start = Start.NONE;

    /** When a ramp began, if one did. */
    private record Start(boolean made, long at) {
        static final Start NONE = new Start(false, 0);
    }

    void begin(long now) {
        start = new Start(true, now);
    }

    /** The share of the weight, in percent, that is in force. */
    int percent(long slowStartNanos, long now) {
        Start begun = start;
        long age = now - begun.at;
        if (!begun.made || age >= slowStartNanos) {
            return FULL;
        }
        return (int) Math.max(LEAST, (double) age / slowStartNanos * FULL);
    }
}
