package io.erulb.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts a peer's running attempts; with a limit no two threads take the last room. One number, since balancers read it far more
 * often than it changes. Safe for use by many threads; lock-free.
 */
final class InFlight {
    private static final VarHandle ATTEMPTS = attemptsHandle();

    /** A field and no object of its own: balancers look at that of every peer. */
    private volatile int attempts;

    int count() {
        return attempts;
    }

    /** Whether there is no room under {@code most}; 0 is no limit. */
    boolean full(int most) {
        return most > 0 && attempts >= most;
    }

    /** Takes a room under {@code most}, or answers false. Attempts from before the limit was set count too. */
    boolean enter(int most) {
        if (most == 0) {
            ATTEMPTS.getAndAdd(this, 1);
            return true;
        }
        int taken = attempts;
        while (taken < most) {
            if (ATTEMPTS.compareAndSet(this, taken, taken + 1)) {
                return true;
            }
            taken = attempts;
        }
        return false;
    }

    void leave() {
        ATTEMPTS.getAndAdd(this, -1);
    }

    private static VarHandle attemptsHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(InFlight.class, "attempts", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
