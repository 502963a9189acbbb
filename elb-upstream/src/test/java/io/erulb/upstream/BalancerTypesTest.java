package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;
import org.junit.jupiter.api.Test;

final class BalancerTypesTest {

    @Test
    void findsTheBuiltInOnesAsServices() {
        assertThat(BalancerTypes.installed().names())
                .containsExactly("hash", "least_conn", "p2c", "random", "round_robin");
    }

    @Test
    void takesMore() {
        BalancerTypes types = BalancerTypes.installed().with(new Named("first"), new Named("last"));

        assertThat(types.names())
                .containsExactly("first", "hash", "last", "least_conn", "p2c", "random", "round_robin");
        assertThat(types.provider("last").type()).isEqualTo("last");
    }

    @Test
    void refusesTwoOfOneTypeAndNamesBoth() {
        assertThatThrownBy(() -> BalancerTypes.installed().with(new Named("round_robin")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("balancer type round_robin is provided by both "
                        + "io.erulb.upstream.balancer.RoundRobinProvider and " + Named.class.getName());
    }

    @Test
    void saysWhichTypesThereAre() {
        assertThatThrownBy(() -> BalancerTypes.installed().provider("least"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("balancer: least (expected: hash, least_conn, p2c, random, round_robin)");
    }

    private record Named(String type) implements BalancerProvider {
        @Override
        public Balancer create(BalancerContext context) {
            return selection -> null;
        }
    }
}
