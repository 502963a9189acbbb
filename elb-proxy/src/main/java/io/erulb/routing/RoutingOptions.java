package io.erulb.routing;

import io.erulb.rules.FilterTypes;
import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.UpstreamOptions;
import java.time.Clock;
import java.time.Duration;

/**
 * What {@link LiveRouting} builds with. Immutable.
 *
 * @param filters the types of filter that rules may use
 * @param upstreams what upstreams go by: clock, randomness, balancer, the usual limit of attempts; a policy may say otherwise
 * @param balancers the types of balancer that policies may name
 * @param stickySecret what sticky cookies are made with
 * @param resolver turns the names of servers into addresses
 * @param resolveEvery how often names are looked up again whose resolver tells no TTL, above zero and at most 30 days. A
 *     name that failed is tried again after about 1 s, then 2 s, 4 s and so on, up to this or 30 s, whichever is less
 * @param maxTtl the longest TTL that is believed, from 1 s to 30 days; a shorter one than 1 s counts as 1 s
 * @param clock tells since when a problem is there
 */
public record RoutingOptions(
        FilterTypes filters,
        UpstreamOptions upstreams,
        BalancerTypes balancers,
        StickySecret stickySecret,
        Resolver resolver,
        Duration resolveEvery,
        Duration maxTtl,
        Clock clock) {
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Refuses times out of their ranges with {@link IllegalArgumentException}. */
    public RoutingOptions {
        if (resolveEvery.isNegative() || resolveEvery.isZero() || resolveEvery.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "resolveEvery: " + resolveEvery + " (expected: above zero, at most " + LONGEST + ")");
        }
        if (maxTtl.compareTo(Pace.SHORTEST) < 0 || maxTtl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "maxTtl: " + maxTtl + " (expected: from " + Pace.SHORTEST + " to " + LONGEST + ")");
        }
    }

    /**
     * Every installed type of filter and balancer, a random secret, the system's resolver asked every 30 s, TTLs up to an
     * hour, and the system's clock.
     */
    public static RoutingOptions defaults() {
        return new RoutingOptions(
                FilterTypes.installed(),
                UpstreamOptions.defaults(),
                BalancerTypes.installed(),
                StickySecret.random(),
                Resolver.system(),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                Clock.systemUTC());
    }

    /** The same with other filter types. */
    public RoutingOptions withFilters(FilterTypes newFilters) {
        return new RoutingOptions(
                newFilters, upstreams, balancers, stickySecret, resolver, resolveEvery, maxTtl, clock);
    }

    /** The same with other options of upstreams. */
    public RoutingOptions withUpstreams(UpstreamOptions newUpstreams) {
        return new RoutingOptions(
                filters, newUpstreams, balancers, stickySecret, resolver, resolveEvery, maxTtl, clock);
    }

    /** The same with other types of balancer for policies. */
    public RoutingOptions withBalancers(BalancerTypes newBalancers) {
        return new RoutingOptions(
                filters, upstreams, newBalancers, stickySecret, resolver, resolveEvery, maxTtl, clock);
    }

    /** The same with another secret for sticky cookies. */
    public RoutingOptions withStickySecret(StickySecret secret) {
        return new RoutingOptions(filters, upstreams, balancers, secret, resolver, resolveEvery, maxTtl, clock);
    }

    /** The same with another resolver and another time between look-ups that bring no TTL. */
    public RoutingOptions withResolver(Resolver newResolver, Duration every) {
        return new RoutingOptions(filters, upstreams, balancers, stickySecret, newResolver, every, maxTtl, clock);
    }

    /** The same with another longest TTL. */
    public RoutingOptions withMaxTtl(Duration newMaxTtl) {
        return new RoutingOptions(
                filters, upstreams, balancers, stickySecret, resolver, resolveEvery, newMaxTtl, clock);
    }
}
