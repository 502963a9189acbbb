package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A percentile of how long answers took lately, found anew every second. Times are counted in buckets that grow with them, 16
 * to a doubling, so that what is found is at most a sixteenth above what it should be:
 *
 * <pre>
 *   16.0 us  17.0 us  18.0 us ... 31.0 us  32.0 us  34.0 us ... 68 s
 * </pre>
 *
 * <p>It goes by the last 10 to 20 seconds, or as far back as it takes to have 500 answers. Safe for use by many threads;
 * lock-free, and nothing is allocated.
 */
final class RecentLatencies {
    /** What is found while fewer than 100 answers are counted: longer than anything takes. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final int LEAST_BITS = 14;
    private static final int MOST_BITS = 36;
    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int BUCKETS = (MOST_BITS - LEAST_BITS) * STEPS;

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = 10 * SECOND;
    private static final int LEAST_TO_KNOW = 100;
    private static final int LEAST_IN_WINDOW = 500;
    private static final double ALL = 100;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
    private final AtomicBoolean looking = new AtomicBoolean();
    /** This and what follows are written by whoever is {@link #looking}. */
    private volatile long lastLook;

    private final int[] before = new int[BUCKETS];

    private long windowStart;
    private volatile long found = UNKNOWN;

    RecentLatencies(long now) {
        this.lastLook = now;
        this.windowStart = now;
    }

    /** Counts an answer, and sometimes looks what the percentile is by now. */
    void add(long nanos, double percentile, long now) {
        counts.getAndIncrement(bucket(nanos));
        if (now - lastLook >= SECOND && looking.compareAndSet(false, true)) {
            try {
                look(percentile, now);
                lastLook = now;
            } finally {
                looking.set(false);
            }
        }
    }

    /** The percentile in nanoseconds, as of the last look; {@link #UNKNOWN} when too little was counted. */
    long percentile() {
        return found;
    }

    private void look(double percentile, long now) {
        long inWindow = 0;
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            int count = counts.get(i);
            inWindow += count;
            all += count + before[i];
        }
        found = all < LEAST_TO_KNOW ? UNKNOWN : upTo((long) Math.ceil(all * percentile / ALL));
        if (now - windowStart >= WINDOW && inWindow >= LEAST_IN_WINDOW) {
            windowStart = now;
            for (int i = 0; i < BUCKETS; i++) {
                before[i] = counts.getAndSet(i, 0);
            }
        }
    }

    /** Up to how long so many of the answers took. */
    private long upTo(long answers) {
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i) + before[i];
            if (seen >= answers) {
                return end(i);
            }
        }
        return end(BUCKETS - 1);
    }

    private static int bucket(long nanos) {
        long value = Math.max(1L << LEAST_BITS, Math.min(nanos, (1L << MOST_BITS) - 1));
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int step = (int) (value >>> (bits - STEP_BITS)) & (STEPS - 1);
        return (bits - LEAST_BITS) * STEPS + step;
    }

    private static long end(int bucket) {
        int bits = bucket / STEPS + LEAST_BITS;
        return (long) (STEPS + bucket % STEPS + 1) << (bits - STEP_BITS);
    }
}
