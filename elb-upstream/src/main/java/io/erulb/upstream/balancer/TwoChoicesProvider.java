package io.erulb.upstream.balancer;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;

/** Makes {@code p2c}. Public only because {@link java.util.ServiceLoader} asks for it. */
public final class TwoChoicesProvider implements BalancerProvider {

    @Override
    public String type() {
        return "p2c";
    }

    @Override
    public Balancer create(BalancerContext context) {
        return new TwoChoices(context);
    }
}
