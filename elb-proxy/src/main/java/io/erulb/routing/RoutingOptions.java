package io.erulb.routing;

import io.erulb.rules.FilterTypes;
import io.erulb.upstream.UpstreamOptions;
import java.time.Clock;
import java.time.Duration;

/**
 * What {@link LiveRouting} builds with. Immutable.
 *
 * @param filters the types of filter that rules may use
 * @param upstreams what upstreams go by: clock, randomness, balancer, the usual limit of attempts
 * @param resolver turns the names of servers into addresses
 * @param resolveEvery how often names are looked up again; a name that failed is tried again every fifth of it
 * @param clock tells since when a problem is there
 */
public record RoutingOptions(
        FilterTypes filters, UpstreamOptions upstreams, Resolver resolver, Duration resolveEvery, Clock clock) {

    /** Every installed filter type, the system's resolver asked every 30 s, the system's clock. */
    public static RoutingOptions defaults() {
        return new RoutingOptions(
                FilterTypes.installed(),
                UpstreamOptions.defaults(),
                Resolver.system(),
                Duration.ofSeconds(30),
                Clock.systemUTC());
    }

    /** The same with other filter types. */
    public RoutingOptions withFilters(FilterTypes newFilters) {
        return new RoutingOptions(newFilters, upstreams, resolver, resolveEvery, clock);
    }

    /** The same with other options of upstreams. */
    public RoutingOptions withUpstreams(UpstreamOptions newUpstreams) {
        return new RoutingOptions(filters, newUpstreams, resolver, resolveEvery, clock);
    }

    /** The same with another resolver and another time between look-ups. */
    public RoutingOptions withResolver(Resolver newResolver, Duration every) {
        return new RoutingOptions(filters, upstreams, newResolver, every, clock);
    }
}
