package io.erulb.upstream.balancer;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;

/** Makes {@code round_robin}. Public only because {@link java.util.ServiceLoader} asks for it. */
public final class RoundRobinProvider implements BalancerProvider {

    @Override
    public String type() {
        return "round_robin";
    }

    @Override
    public Balancer create(BalancerContext context) {
        return RoundRobin.of(context);
    }
}
