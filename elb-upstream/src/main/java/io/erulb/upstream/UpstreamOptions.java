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
 */
public record UpstreamOptions(LongSupplier nanoClock, RandomGenerator random, BalancerProvider balancer) {

    /** Refuses nulls. */
    public UpstreamOptions {
        requireNonNull(nanoClock, "nanoClock");
        requireNonNull(random, "random");
        requireNonNull(balancer, "balancer");
    }

    /** The system's clock, thread-local randomness and {@code round_robin}. */
    public static UpstreamOptions defaults() {
        return new UpstreamOptions(
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextLong(),
                BalancerTypes.installed().provider("round_robin"));
    }

    /** These options with another clock. */
    public UpstreamOptions withNanoClock(LongSupplier clock) {
        return new UpstreamOptions(clock, random, balancer);
    }

    /** These options with another source of randomness. */
    public UpstreamOptions withRandom(RandomGenerator generator) {
        return new UpstreamOptions(nanoClock, generator, balancer);
    }

    /** These options with another balancer. */
    public UpstreamOptions withBalancer(BalancerProvider provider) {
        return new UpstreamOptions(nanoClock, random, provider);
    }
}
