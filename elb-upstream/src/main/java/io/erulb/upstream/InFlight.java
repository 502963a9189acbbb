package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts a peer's running attempts. With a limit, exactly: no two threads take the last room. Without one, on striped
 * counters, so that threads don't meet on a cache line. Safe for use by many threads; lock-free.
 */
final class InFlight {
    private final LongAdder unlimited = new LongAdder();
    private final AtomicInteger limited = new AtomicInteger();

    long count() {
        return limited.get() + unlimited.sum();
    }

    /** Whether there is no room under {@code most}; 0 is no limit. */
    boolean full(int most) {
        return most > 0 && count() >= most;
    }

    /** Takes a room under {@code most}, or answers false; {@link #leave} wants the same kind of limit. */
    boolean enter(int most) {
        if (most == 0) {
            unlimited.increment();
            return true;
        }
        while (true) {
            int taken = limited.get();
            // Attempts from before the limit was set count too; they only get fewer.
            if (taken + unlimited.sum() >= most) {
                return false;
            }
            if (limited.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
    }

    void leave(int most) {
        if (most == 0) {
            unlimited.decrement();
        } else {
            limited.decrementAndGet();
        }
    }
}
