package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts a peer's running attempts; with a limit no two threads take the last room. One number, since balancers read it far more
 * often than it changes. Safe for use by many threads; lock-free.
 */
final class InFlight {
    private final AtomicInteger attempts = new AtomicInteger();

    int count() {
        return attempts.get();
    }

    /** Whether there is no room under {@code most}; 0 is no limit. */
    boolean full(int most) {
        return most > 0 && attempts.get() >= most;
    }

    /** Takes a room under {@code most}, or answers false. Attempts from before the limit was set count too. */
    boolean enter(int most) {
        if (most == 0) {
            attempts.incrementAndGet();
            return true;
        }
        int taken = attempts.get();
        while (taken < most) {
            if (attempts.compareAndSet(taken, taken + 1)) {
                return true;
            }
            taken = attempts.get();
        }
        return false;
    }

    void leave() {
        attempts.decrementAndGet();
    }
}
