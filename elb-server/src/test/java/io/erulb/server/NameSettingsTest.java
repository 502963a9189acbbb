package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.Resolved;
import io.erulb.routing.Resolver;
import io.erulb.routing.RoutingOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the settings of names make of the resolver's answers. */
class NameSettingsTest {
    private static final Duration TTL = Duration.ofSeconds(42);
    private static final Resolver RESOLVER = host -> new Resolved(List.of(InetAddress.getLoopbackAddress()), TTL);

    @Test
    void namesAreLookedUpByTtlUnlessToldOtherwise() throws Exception {
        RoutingOptions options = options(Map.of());

        assertThat(options.resolver().resolve("up.test").ttl()).isEqualTo(TTL);
        assertThat(options.resolveEvery()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.maxTtl()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aLongerTtlMayBeBelieved() {
        assertThat(options(Map.of("MAX_TTL", "1d")).maxTtl()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void namesAreLookedUpAsOftenAsIsSetWhateverTheTtl() throws Exception {
        RoutingOptions options = options(Map.of("RESOLVE_EVERY", "10s"));

        assertThat(options.resolver().resolve("up.test"))
                .isEqualTo(Resolved.of(List.of(InetAddress.getLoopbackAddress())));
        assertThat(options.resolveEvery()).isEqualTo(Duration.ofSeconds(10));
    }

    private static RoutingOptions options(Map<String, String> settings) {
        NameSettings names = ServerConfig.of(settings).proxy().servers().names();
        return names.in(RoutingOptions.defaults(), RESOLVER);
    }
}
