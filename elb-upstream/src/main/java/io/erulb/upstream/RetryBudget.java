package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps retries to a share of requests, so that an outage is not made worse by what is tried again: linkerd's retry budget, over
 * a sliding window. With 20 %, of the last 10 to 20 seconds,
 *
 * <pre>
 *   100 requests, 10 of them failed and retried     fine
 *   100 requests, all of them failed                23 retries: 20, and 3 that are always allowed
 * </pre>
 *
 * <p>The part of the window before the present one counts by as much of it as still lies within it. Safe for use by many
 * threads; lock-free, and two that retry at the same moment may both be let through.
 */
final class RetryBudget {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final int ALWAYS = 3;

    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final AtomicReference<Window> window;

    RetryBudget(long now) {
        this.window = new AtomicReference<>(new Window(now, 0, 0, 0, 0));
    }

    /** What had been counted when the present window began, and how much in the one before. */
    private record Window(long start, long requests, long retries, long requestsBefore, long retriesBefore) {}

    /** Counts an attempt: a request's first, or one more. */
    void count(boolean retry, long now) {
        current(now);
        (retry ? retries : requests).increment();
    }

    /** Whether one retry more is within the budget. */
    boolean allows(int percent, long now) {
        Window current = current(now);
        double left = Math.max(0, 1 - (double) (now - current.start) / WINDOW_NANOS);
        double asked = requests.sum() - current.requests + left * current.requestsBefore;
        double retried = retries.sum() - current.retries + left * current.retriesBefore;
        return retried + 1 <= ALWAYS + asked * percent / 100;
    }

    private Window current(long now) {
        Window known = window.get();
        if (now - known.start < WINDOW_NANOS) {
            return known;
        }
        long asked = requests.sum();
        long retried = retries.sum();
        boolean follows = now - known.start < 2 * WINDOW_NANOS;
        Window next = new Window(
                follows ? known.start + WINDOW_NANOS : now,
                asked,
                retried,
                follows ? asked - known.requests : 0,
                follows ? retried - known.retries : 0);
        return window.compareAndSet(known, next) ? next : window.get();
    }
}
