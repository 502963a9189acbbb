package io.erulb.upstream.health;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Milliseconds that go by 1 to 1.6 % too fast, at a rate that is drawn anew again and again: two of these do not keep step for long.
 * Not safe for use by many threads.
 */
final class HastyClock {
    private static final double LEAST_LESS = 0.01;
    private static final double MORE_LESS = 0.006;
    private static final double NANOS = 1e6;
    /** How long a rate lasts. */
    private static final double SPELL_MILLIS = 5000;

    private final LongSupplier nanoClock;
    private final RandomGenerator random;
    private long since;
    private double then;
    private double rate;

    /** At 0 now. */
    HastyClock(LongSupplier nanoClock, RandomGenerator random) {
        this.nanoClock = nanoClock;
        this.random = random;
        this.since = nanoClock.getAsLong();
        this.rate = draw();
    }

    private double draw() {
        return 1 / (1 - LEAST_LESS - random.nextDouble() * MORE_LESS);
    }

    /** Milliseconds since the beginning. */
    long now() {
        long nanos = nanoClock.getAsLong();
        double passed = (nanos - since) / NANOS;
        double now = then + passed * rate;
        if (passed > SPELL_MILLIS) {
            since = nanos;
            then = now;
            rate = draw();
        }
        return (long) now;
    }

    /** Usual milliseconds from now to a time of this clock, rounded up; 0 when it has come. */
    long millisUntil(long time) {
        return Math.max(0, (long) Math.ceil((time - now()) / rate));
    }
}
