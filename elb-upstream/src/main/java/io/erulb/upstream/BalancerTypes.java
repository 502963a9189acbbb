package io.erulb.upstream;

import io.erulb.upstream.spi.BalancerProvider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The balancers there are, by type. Immutable; load once and hand on. */
public final class BalancerTypes {
    private final Map<String, BalancerProvider> providers;

    private BalancerTypes(Map<String, BalancerProvider> providers) {
        this.providers = providers;
    }

    /**
     * All providers {@link ServiceLoader} finds with a class loader.
     *
     * @throws IllegalStateException when two are of one type; names both classes
     */
    public static BalancerTypes load(ClassLoader loader) {
        return new BalancerTypes(Map.of()).join(ServiceLoader.load(BalancerProvider.class, loader));
    }

    /** Those beside this library on its own class path: the built-in ones at least. */
    public static BalancerTypes installed() {
        return load(BalancerTypes.class.getClassLoader());
    }

    /**
     * These types and more.
     *
     * @throws IllegalStateException when two are of one type; names both classes
     */
    public BalancerTypes with(BalancerProvider... more) {
        return join(List.of(more));
    }

    /** The names of all types, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(providers.keySet());
    }

    /**
     * The provider of a type.
     *
     * @throws IllegalArgumentException when there is none; lists those there are
     */
    public BalancerProvider provider(String type) {
        @Nullable BalancerProvider provider = providers.get(type);
        if (provider == null) {
            throw new IllegalArgumentException(
                    "balancer: " + type + " (expected: " + String.join(", ", providers.keySet()) + ")");
        }
        return provider;
    }

    private BalancerTypes join(Iterable<BalancerProvider> more) {
        Map<String, BalancerProvider> all = new TreeMap<>(providers);
        for (BalancerProvider provider : more) {
            BalancerProvider other = all.putIfAbsent(provider.type(), provider);
            if (other != null) {
                throw new IllegalStateException("balancer type " + provider.type() + " is provided by both "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return new BalancerTypes(all);
    }
}
