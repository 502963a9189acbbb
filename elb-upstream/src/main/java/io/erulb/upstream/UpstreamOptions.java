package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import io.erulb.upstream.spi.BalancerProvider;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream needs beside its servers. Immutable.
 *
 * @param nanoClock the time, as {@link System#nanoTime()} counts it; called by many threads
 * @param random randomness for balancers; called by many threads
 * @param balancer makes the upstream's balancers
 * @param balancerArgs what the balancers are told, by name; see {@link BalancerProvider#check}
 * @param health when servers are left out beside their {@code max_fails}
 * @param retryPercent the greatest share that attempts after a request's first may be of the requests of the last seconds, beside
 *     a few; 0: any share
 * @param hedge when a second server is asked because the first takes long; null: never
 * @param maxConns the most attempts at a time at a server that has no {@code max_conns} of its own; 0: any number
 */
public record UpstreamOptions(
        LongSupplier nanoClock,
        RandomGenerator random,
        BalancerProvider balancer,
        Map<String, String> balancerArgs,
        HealthOptions health,
        int retryPercent,
        @Nullable HedgeRule hedge,
        int maxConns) {

    /** Refuses nulls and, with {@link IllegalArgumentException}, a negative number. */
    public UpstreamOptions {
        if (maxConns < 0) {
            throw new IllegalArgumentException("maxConns: " + maxConns + " (expected: at least 0)");
        }
        if (retryPercent < 0) {
            throw new IllegalArgumentException("retryPercent: " + retryPercent + " (expected: at least 0)");
        }
        requireNonNull(nanoClock, "nanoClock");
        requireNonNull(random, "random");
        requireNonNull(balancer, "balancer");
        requireNonNull(health, "health");
        balancerArgs = Map.copyOf(balancerArgs);
    }

    /** The system's clock, thread-local randomness, {@code round_robin}, and any number of attempts. */
    public static UpstreamOptions defaults() {
        return new UpstreamOptions(
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextLong(),
                BalancerTypes.installed().provider("round_robin"),
                Map.of(),
                HealthOptions.defaults(),
                0,
                null,
                0);
    }

    /** These options with another clock. */
    public UpstreamOptions withNanoClock(LongSupplier clock) {
        return new UpstreamOptions(clock, random, balancer, balancerArgs, health, retryPercent, hedge, maxConns);
    }

    /** These options with another source of randomness. */
    public UpstreamOptions withRandom(RandomGenerator generator) {
        return new UpstreamOptions(nanoClock, generator, balancer, balancerArgs, health, retryPercent, hedge, maxConns);
    }

    /** These options with another balancer, which is told nothing. */
    public UpstreamOptions withBalancer(BalancerProvider provider) {
        return withBalancer(provider, Map.of());
    }

    /** These options with another balancer and what it is told. */
    public UpstreamOptions withBalancer(BalancerProvider provider, Map<String, String> args) {
        return new UpstreamOptions(nanoClock, random, provider, args, health, retryPercent, hedge, maxConns);
    }

    /** These options with others of health. */
    public UpstreamOptions withHealth(HealthOptions other) {
        return new UpstreamOptions(nanoClock, random, balancer, balancerArgs, other, retryPercent, hedge, maxConns);
    }

    /** These options with another share of retries, 0 for any. */
    public UpstreamOptions withRetryPercent(int percent) {
        return new UpstreamOptions(nanoClock, random, balancer, balancerArgs, health, percent, hedge, maxConns);
    }

    /** These options with another rule of when a second server is asked, null for never. */
    public UpstreamOptions withHedge(@Nullable HedgeRule rule) {
        return new UpstreamOptions(nanoClock, random, balancer, balancerArgs, health, retryPercent, rule, maxConns);
    }

    /** These options with another number of attempts at a time, 0 for any. */
    public UpstreamOptions withMaxConns(int most) {
        return new UpstreamOptions(nanoClock, random, balancer, balancerArgs, health, retryPercent, hedge, most);
    }
}
