package io.erulb.upstream.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that moves when told; it starts just before its numbers overflow, as {@code nanoTime} may. */
public final class TestClock implements LongSupplier {
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());

    @Override
    public long getAsLong() {
        return now.get();
    }

    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    public void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }
}
