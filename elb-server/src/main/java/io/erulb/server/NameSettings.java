package io.erulb.server;

import io.erulb.routing.Resolver;
import io.erulb.routing.RoutingOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often the names of servers are looked up. Immutable.
 *
 * @param every always that, or null for by TTL
 * @param maxTtl the longest TTL that is believed
 */
public record NameSettings(@Nullable Duration every, Duration maxTtl) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(30);
    private static final SettingsReader.Expected<Duration> TIME =
            new SettingsReader.Expected<>("a time from 1s to 30d, such as 10s or 1h", NameSettings::time);

    static NameSettings read(SettingsReader settings) {
        return new NameSettings(
                settings.optional("RESOLVE_EVERY", TIME),
                settings.parsed("MAX_TTL", RoutingOptions.defaults().maxTtl(), TIME));
    }

    /** Options by which names are looked up as these settings say. */
    RoutingOptions in(RoutingOptions options, Resolver resolver) {
        return every == null
                ? options.withResolver(resolver, options.resolveEvery()).withMaxTtl(maxTtl)
                : options.withResolver(host -> resolver.resolve(host).withoutTtl(), every);
    }

    private static @Nullable Duration time(String text) {
        Duration time = Quantity.duration(text);
        return time == null || time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0 ? null : time;
    }
}
