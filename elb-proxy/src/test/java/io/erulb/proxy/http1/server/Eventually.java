package io.erulb.proxy.http1.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to bring about. */
public final class Eventually {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private Eventually() {}

    /** Returns once a condition is true; fails when that takes too long. */
    public static void holds(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
