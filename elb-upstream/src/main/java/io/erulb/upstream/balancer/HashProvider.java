package io.erulb.upstream.balancer;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code hash}. Its one argument is {@code bound}, how many times its share a server may have: 1.25 by default. Public
 * only because {@link java.util.ServiceLoader} asks for it.
 */
public final class HashProvider implements BalancerProvider {
    private static final String BOUND = "bound";
    private static final int USUAL_PERCENT = 125;
    private static final int MOST_PERCENT = 1000;

    @Override
    public String type() {
        return "hash";
    }

    @Override
    public boolean keyed() {
        return true;
    }

    @Override
    public Map<String, String> check(Map<String, String> args) {
        Map<String, String> others = new TreeMap<>(args);
        String bound = others.remove(BOUND);
        Map<String, String> faults = BalancerProvider.super.check(others);
        if (bound != null && percent(bound) < 0) {
            faults.put(BOUND, "a number from 1 to 10 with at most two decimals, such as 1.25");
        }
        return faults;
    }

    @Override
    public Balancer create(BalancerContext context) {
        String bound = context.args().get(BOUND);
        return new ConsistentHash(context, bound == null ? USUAL_PERCENT : percent(bound));
    }

    /** Negative when it is none. */
    private static int percent(String bound) {
        if (!bound.matches("\\d{1,2}(\\.\\d{1,2})?")) {
            return -1;
        }
        int percent = (int) Math.round(Double.parseDouble(bound) * 100);
        return percent >= 100 && percent <= MOST_PERCENT ? percent : -1;
    }
}
