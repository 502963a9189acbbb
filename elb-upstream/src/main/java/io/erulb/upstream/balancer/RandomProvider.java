package io.erulb.upstream.balancer;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;

/** Makes {@code random}. Public only because {@link java.util.ServiceLoader} asks for it. */
public final class RandomProvider implements BalancerProvider {

    @Override
    public String type() {
        return "random";
    }

    @Override
    public Balancer create(BalancerContext context) {
        return new WeightedRandom(context);
    }
}
