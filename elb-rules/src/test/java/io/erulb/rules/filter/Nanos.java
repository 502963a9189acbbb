package io.erulb.rules.filter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock in nanoseconds that stands until it is moved. */
final class Nanos implements LongSupplier {
    private final AtomicLong now;

    Nanos(long now) {
        this.now = new AtomicLong(now);
    }

    /** Begins shortly before the numbers wrap around, as {@link System#nanoTime} may. */
    static Nanos beforeTheWrap() {
        return new Nanos(Long.MAX_VALUE - Duration.ofMillis(600).toNanos());
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
