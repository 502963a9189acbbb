package io.erulb.examples.balancer;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;
import java.util.Map;
import java.util.TreeMap;

/**
 * The balancer {@code first}: the first server takes everything that it is up to, so that the others may sleep (HAProxy's
 * {@code balance first}). As in {@code {"balancer": {"type": "first", "spill": 20}}}, where {@code spill} is the number of
 * requests under way at a server from which on the next one is asked; 100 when it is absent. Weights are of no account.
 */
public final class FirstProvider implements BalancerProvider {
    private static final String SPILL = "spill";
    private static final String USUAL_SPILL = "100";

    /** Called by the service loader. */
    public FirstProvider() {}

    @Override
    public String type() {
        return "first";
    }

    @Override
    public Map<String, String> check(Map<String, String> args) {
        Map<String, String> others = new TreeMap<>(args);
        String spill = others.remove(SPILL);
        // What is not ours is refused as by default, so that a slip of the pen is told.
        Map<String, String> faults = BalancerProvider.super.check(others);
        if (spill != null && !spill.matches("[1-9]\\d{0,8}")) {
            faults.put(SPILL, "an integer from 1 to 999999999");
        }
        return faults;
    }

    @Override
    public Balancer create(BalancerContext context) {
        String spill = context.args().getOrDefault(SPILL, USUAL_SPILL);
        return new FirstBalancer(context.candidates(), Integer.parseInt(spill));
    }
}
