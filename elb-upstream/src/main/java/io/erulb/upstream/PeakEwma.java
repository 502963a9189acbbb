package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long a peer takes to answer: an average in which what is long ago counts less, by 1/e for each ten seconds, and a peak
 * counts at once as a whole (Finagle's {@code Peak EWMA}). Where nothing is heard it falls, so that a slow peer is tried
 * again. With answers after 10 ms all the time and one after 100 ms:
 *
 * <pre>
 *   10  10  100  after 1 s: 91  after 10 s: 43  after 30 s: 14 ...
 * </pre>
 *
 * <p>Value and time are one number, so that no thread sees one without the other. Safe for use by many threads; lock-free,
 * and nothing is allocated.
 */
final class PeakEwma {
    private static final double MILLI = 1e6;

    /** A tick is 2^20 ns, about a millisecond: a clock that overflows goes on in ticks. */
    private static final int TICK_BITS = 20;

    private static final int SHORT_TICKS = 16;
    private static final double DECAY_TICKS = 10e9 / (1 << TICK_BITS);

    private final LongSupplier nanoClock;

    /** Upper half: milliseconds as a float; lower half: when that was, in ticks of the clock, which wrap. */
    private final AtomicLong state = new AtomicLong();

    PeakEwma(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Takes in an answer that took so long. */
    void add(long nanos) {
        float sample = (float) (nanos / MILLI);
        int now = now();
        while (true) {
            long old = state.get();
            float before = value(old);
            double kept = kept(old, now);
            float next = sample > before * kept ? sample : (float) (before * kept + sample * (1 - kept));
            if (state.compareAndSet(old, pack(next, now))) {
                return;
            }
        }
    }

    /** Takes in an answer that takes at least so long: where it was thought to take longer, that stands. */
    void addAtLeast(long nanos) {
        float sample = (float) (nanos / MILLI);
        int now = now();
        while (true) {
            long old = state.get();
            if (sample <= value(old) * kept(old, now) || state.compareAndSet(old, pack(sample, now))) {
                return;
            }
        }
    }

    /** Milliseconds; 0 when nothing was heard yet. */
    double millis() {
        long now = state.get();
        return value(now) * kept(now, now());
    }

    /**
     * Milliseconds as of when this one or another last heard something, whichever is later: enough to compare the two, since from
     * then on both fall alike.
     */
    double millisBeside(PeakEwma other) {
        long own = state.get();
        long others = other.state.get();
        int ahead = (int) others - (int) own;
        return others == 0 || ahead <= 0 ? value(own) : value(own) * kept(own, (int) own + ahead);
    }

    private int now() {
        return (int) (nanoClock.getAsLong() >> TICK_BITS);
    }

    /** The share of a value that is left. */
    private static double kept(long state, int now) {
        int age = now - (int) state;
        if (age < SHORT_TICKS) {
            // What an exponential begins with, to within some millionths.
            return age <= 0 ? 1 : 1 - age / DECAY_TICKS;
        }
        return Math.exp(-age / DECAY_TICKS);
    }

    private static float value(long state) {
        return Float.intBitsToFloat((int) (state >>> Integer.SIZE));
    }

    private static long pack(float value, int time) {
        return (long) Float.floatToRawIntBits(value) << Integer.SIZE | (time & 0xffffffffL);
    }
}
