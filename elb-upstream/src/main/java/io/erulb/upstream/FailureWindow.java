package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts a peer's failures as nginx does (ngx_http_upstream_round_robin.c: {@code fails}, {@code accessed},
 * {@code checked}). With {@code max_fails=2 fail_timeout=10s}:
 *
 * <pre>
 *  0s  failure   1 failure
 *  3s  failure   2 failures: left out
 * 13s            still left out: 10s have not yet passed
 * 14s  attempt   the time-out is over: this one request tries it, others still leave it out
 *      failure   3 failures: left out until 24s          or
 *      success   forgotten: 0 failures, back for all
 * </pre>
 *
 * A success forgets failures only when its peer was tried after the time-out; a success soon after a failure doesn't
 * count for more than the failure. Failures further apart than the time-out, with no success between them, do add up.
 *
 * <p>Safe for use by many threads; lock-free. While there are no failures nothing is ever written.
 */
final class FailureWindow {
    private final LongSupplier nanoClock;
    private final AtomicInteger changes;
    private final AtomicReference<Tally> tally = new AtomicReference<>(Tally.CLEAN);

    /** {@code changes} is counted up whenever the peer may have gone out or come back other than by time. */
    FailureWindow(LongSupplier nanoClock, AtomicInteger changes) {
        this.nanoClock = nanoClock;
        this.changes = changes;
    }

    boolean out(FailureRule rule) {
        Tally now = tally.get();
        return now.full(rule) && now.out(rule, nanoClock.getAsLong());
    }

    int fails() {
        return tally.get().fails();
    }

    @Nullable
    Failure last() {
        return tally.get().last();
    }

    /** When the peer last failed, or was last tried again after the time-out. */
    long lastAt() {
        return tally.get().checked();
    }

    /** When the peer comes back by itself, if it is out. */
    long outUntil(FailureRule rule) {
        return tally.get().checked() + rule.timeoutNanos();
    }

    /**
     * Starts an attempt. Of many threads that come after the time-out, one gets it.
     *
     * @param evenIfOut start it although the peer is left out
     * @return false when the peer is left out
     */
    boolean start(FailureRule rule, boolean evenIfOut) {
        while (true) {
            Tally before = tally.get();
            if (before.fails() == 0 || rule.maxFails() == 0) {
                return true;
            }
            long now = nanoClock.getAsLong();
            if (!evenIfOut && before.out(rule, now)) {
                return false;
            }
            if (move(before, before.picked(rule, now), rule)) {
                return true;
            }
        }
    }

    /** Counts a failure; answers whether the peer goes out with it that was in. */
    boolean failed(FailureRule rule, Failure kind) {
        Tally before;
        do {
            before = tally.get();
        } while (rule.maxFails() > 0 && !move(before, before.failed(nanoClock.getAsLong(), kind), rule));
        return rule.maxFails() > 0 && before.fails() + 1 == rule.maxFails();
    }

    /** Counts a success; answers whether the peer is back with it that was out. */
    boolean succeeded(FailureRule rule) {
        Tally before;
        do {
            before = tally.get();
        } while (before.probed() && !move(before, Tally.CLEAN, rule));
        return before.probed() && before.full(rule);
    }

    private boolean move(Tally before, Tally after, FailureRule rule) {
        if (before.equals(after)) {
            return true;
        }
        if (!tally.compareAndSet(before, after)) {
            return false;
        }
        if (before.full(rule) || after.full(rule)) {
            changes.incrementAndGet();
        }
        return true;
    }
}
