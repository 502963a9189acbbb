package io.erulb.upstream.balancer;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;

/** Makes {@code least_conn}. Public only because {@link java.util.ServiceLoader} asks for it. */
public final class LeastConnProvider implements BalancerProvider {

    @Override
    public String type() {
        return "least_conn";
    }

    @Override
    public Balancer create(BalancerContext context) {
        return LeastConn.of(context);
    }
}
