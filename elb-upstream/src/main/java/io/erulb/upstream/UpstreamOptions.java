package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import io.erulb.upstream.spi.BalancerProvider;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What an upstream needs beside its servers. Immutable.
 *
 * @param nanoClock the time, as {@link System#nanoTime()} counts it; called by many threads
 * @param random randomness for balancers; called by many threads
 * @param balancer makes the upstream's balancers
 * @param maxConns the most attempts at a time at a server that has no {@code max_conns} of its own; 0: any number
 */
public record UpstreamOptions(LongSupplier nanoClock, RandomGenerator random, BalancerProvider balancer, int maxConns) {

    /** Refuses nulls and, with {@link IllegalArgumentException}, a negative number. */
    public UpstreamOptions {
        if (maxConns < 0) {
            throw new IllegalArgumentException("maxConns: " + maxConns + " (expected: at least 0)");
        }
        requireNonNull(nanoClock, "nanoClock");
        requireNonNull(random, "random");
        requireNonNull(balancer, "balancer");
    }

    /** The system's clock, thread-local randomness, {@code round_robin}, and any number of attempts. */
    public static UpstreamOptions defaults() {
        return new UpstreamOptions(
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextLong(),
                BalancerTypes.installed().provider("round_robin"),
                0);
    }

    /** These options with another clock. */
    public UpstreamOptions withNanoClock(LongSupplier clock) {
        return new UpstreamOptions(clock, random, balancer, maxConns);
    }

    /** These options with another source of randomness. */
    public UpstreamOptions withRandom(RandomGenerator generator) {
        return new UpstreamOptions(nanoClock, generator, balancer, maxConns);
    }

    /** These options with another balancer. */
    public UpstreamOptions withBalancer(BalancerProvider provider) {
        return new UpstreamOptions(nanoClock, random, provider, maxConns);
    }

    /** These options with another number of attempts at a time, 0 for any. */
    public UpstreamOptions withMaxConns(int most) {
        return new UpstreamOptions(nanoClock, random, balancer, most);
    }
}
