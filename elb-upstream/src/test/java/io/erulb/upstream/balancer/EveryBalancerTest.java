package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of each balancer, whoever it prefers. */
final class EveryBalancerTest {

    static Set<String> types() {
        return BalancerTypes.installed().names();
    }

    @ParameterizedTest
    @MethodSource("types")
    void passesOverServersThatAreFullOrWereTried(String type) {
        Upstream upstream = Upstream.of(
                "up",
                Servers.of("a max_conns=1", "b", "c"),
                UpstreamOptions.defaults()
                        .withBalancer(BalancerTypes.installed().provider(type)));
        Attempt full = Servers.pickAt(upstream, "a");
        Attempt first = Servers.pick(upstream, null);
        Attempt second = Servers.pick(upstream, first);

        assertThat(List.of(Servers.host(first), Servers.host(second))).containsExactlyInAnyOrder("b", "c");
        assertThat(upstream.pick(second)).isNull();
        full.succeeded();
        assertThat(Servers.host(Servers.pick(upstream, second))).isEqualTo("a");
    }
}
