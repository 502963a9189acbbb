package io.erulb.routing.policy;

import io.erulb.rules.RequestValue;
import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.spi.BalancerProvider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section {@code balancer}: whose turn it is. Immutable. */
record BalancerPolicy(
        @Nullable BalancerProvider provider,
        Map<String, String> args,
        @Nullable HashKey key) {
    /** The proxy's own balancer. */
    static final BalancerPolicy USUAL = new BalancerPolicy(null, Map.of(), null);

    private static final String TYPE = "type";
    private static final String ON = "on";

    static BalancerPolicy read(@Nullable PolicyArgs section, BalancerTypes types) {
        if (section == null) {
            return USUAL;
        }
        String type = section.text(TYPE);
        if (type == null || !types.names().contains(type)) {
            section.fault(TYPE, "expected: one of " + String.join(", ", types.names()));
            section.others();
            return USUAL;
        }
        BalancerProvider provider = types.provider(type);
        HashKey key = provider.keyed() ? key(section) : null;
        Map<String, String> args = section.others();
        faults(provider, args).forEach((name, expected) -> section.fault(name, "expected: " + expected));
        return new BalancerPolicy(provider, args, key);
    }

    /** What a provider finds wrong; that of another jar may fail at it. */
    private static Map<String, String> faults(BalancerProvider provider, Map<String, String> args) {
        try {
            return provider.check(args);
        } catch (RuntimeException e) {
            return Map.of(TYPE, "arguments that " + provider.type() + " does not fail at: " + e);
        }
    }

    private static @Nullable HashKey key(PolicyArgs section) {
        String on = section.text(ON);
        RequestValue value = on == null ? null : RequestValue.parse(on);
        if (value == null) {
            section.fault(ON, "expected: " + RequestValue.EXPECTED);
            return null;
        }
        return new HashKey(value);
    }

    UpstreamOptions applyTo(UpstreamOptions usual) {
        return provider == null ? usual : usual.withBalancer(provider, args);
    }
}
