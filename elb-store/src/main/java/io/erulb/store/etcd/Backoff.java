package io.erulb.store.etcd;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: about 0.1, 0.2, 0.4 ... and at last 3 s, each shortened by up to half at random
 * so that a fleet doesn't come all at once. For one thread.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the next wait; the one after it is longer. */
    Duration next() {
        long nanos = next.toNanos();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2));
    }

    /** Begins anew after a success. */
    void reset() {
        next = FIRST;
    }
}
