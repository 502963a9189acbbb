package io.erulb.rules.filter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * A limit of requests under way that follows their response times: while these are as usual, it grows by its square root;
 * when they become longer, requests queue up somewhere, and it shrinks in proportion.
 *
 * <p>The algorithm is Gradient2 of Netflix's concurrency-limits (https://github.com/Netflix/concurrency-limits) with the
 * square root as the room for a queue, as in Envoy's adaptive concurrency filter. Each window of 100 ms and 10 requests at
 * least gives a mean time {@code now}; {@code usual} is the exponential mean of 600 windows. Then
 *
 * <pre>{@code
 * gradient = clamp(tolerance * usual / now, 0.5, 1)
 * limit    = 0.8 * limit + 0.2 * (limit * gradient + sqrt(limit)), within min and max
 * }</pre>
 *
 * <p>Example: at a limit of 100, a tolerance of 1.5 and a usual time of 20 ms, a window of 25 ms gives a gradient of 1 and
 * a limit of 102; one of 60 ms gives a gradient of 0.5 and a limit of 92. A limit of which less than half was used stays,
 * since nothing was learnt about it. When times are half as long as usual or less, {@code usual} falls by 5 % more.
 *
 * <p>Safe for use by many threads; one of them at a time reckons, the others go on.
 */
final class GradientLimit {
    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    static final int LEAST_SAMPLES = 10;

    private static final double SMOOTHING = 0.2;
    private static final double LONG_FACTOR = 2.0 / (600 + 1);
    private static final int WARM_UP = 10;

    private final Settings settings;
    private final LongAdder samples = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator busiest = new LongAccumulator(Math::max, 0);

    /** Held by the thread that reckons; guards the next three. */
    private final AtomicBoolean reckoning = new AtomicBoolean();

    private double exact;
    private double usual;
    private int windows;

    private volatile long windowEnd;
    private volatile int limit;

    /**
     * Where the limit starts and what it keeps to.
     *
     * @param min the least limit, at least 1
     * @param tolerance how many times as long as usual a window's mean may be before the limit shrinks, at least 1
     */
    record Settings(int initial, int min, int max, double tolerance) {}

    GradientLimit(Settings settings, long now) {
        this.settings = settings;
        this.exact = settings.initial;
        this.limit = settings.initial;
        this.windowEnd = now + WINDOW_NANOS;
    }

    /** The limit at present. */
    int limit() {
        return limit;
    }

    /**
     * Takes in a request that has ended.
     *
     * @param took nanoseconds
     * @param underWay how many there were with it
     */
    void ended(long took, int underWay, long now) {
        nanos.add(took);
        samples.increment();
        busiest.accumulate(underWay);
        if (isOver(now) && reckoning.compareAndSet(false, true)) {
            try {
                if (isOver(now)) {
                    reckon();
                    windowEnd = now + WINDOW_NANOS;
                }
            } finally {
                reckoning.set(false);
            }
        }
    }

    private boolean isOver(long now) {
        return now - windowEnd >= 0 && samples.sum() >= LEAST_SAMPLES;
    }

    private void reckon() {
        double mean = Math.max(1.0, (double) nanos.sumThenReset() / samples.sumThenReset());
        boolean learnt = busiest.getThenReset() >= exact / 2;
        windows++;
        usual += (mean - usual) * (windows <= WARM_UP ? 1.0 / windows : LONG_FACTOR);
        double gradient = Math.max(0.5, Math.min(1, settings.tolerance * usual / mean));
        if (usual > 2 * mean) {
            usual *= 0.95;
        }
        if (learnt) {
            double next = (1 - SMOOTHING) * exact + SMOOTHING * (exact * gradient + Math.sqrt(exact));
            exact = Math.max(settings.min, Math.min(settings.max, next));
            limit = (int) exact;
        }
    }
}
