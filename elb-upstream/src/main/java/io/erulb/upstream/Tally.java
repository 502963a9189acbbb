package io.erulb.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What a failure window remembers at one moment. Immutable; {@link FailureWindow} goes from one to the next.
 *
 * @param fails failures so far
 * @param checked when the peer last failed, or was last tried again after the time-out
 * @param probed whether the peer was tried again since it last failed, so that a success clears it: what nginx's
 *     {@code accessed < checked} says
 * @param last how it last failed; null only when it didn't
 */
record Tally(
        int fails, long checked, boolean probed, @Nullable Failure last) {
    static final Tally CLEAN = new Tally(0, 0, false, null);

    boolean out(FailureRule rule, long now) {
        return fails > 0 && full(rule) && !expired(rule, now);
    }

    /** Whether there were failures enough to take the peer out. */
    boolean full(FailureRule rule) {
        return rule.maxFails() > 0 && fails >= rule.maxFails();
    }

    /** The tally when an attempt starts; this one when that changes nothing. */
    Tally picked(FailureRule rule, long now) {
        if (expired(rule, now)) {
            return new Tally(fails, now, true, last);
        }
        // Still out and tried nonetheless: all are out, and a success is as good a proof as one after the time-out.
        return full(rule) && !probed ? new Tally(fails, checked, true, last) : this;
    }

    Tally failed(long now, Failure kind) {
        return new Tally(fails == Integer.MAX_VALUE ? fails : fails + 1, now, false, kind);
    }

    private boolean expired(FailureRule rule, long now) {
        return now - checked > rule.timeoutNanos();
    }
}
