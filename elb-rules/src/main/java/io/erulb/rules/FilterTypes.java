package io.erulb.rules;

import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.TerminalProvider;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The filter and terminal types rules may name. Immutable, safe for use by many threads. */
public final class FilterTypes {
    private final Map<String, FilterProvider> filters;
    private final Map<String, TerminalProvider> terminals;

    private FilterTypes(Map<String, FilterProvider> filters, Map<String, TerminalProvider> terminals) {
        this.filters = filters;
        this.terminals = terminals;
    }

    /** No types at all, to add some to. */
    public static FilterTypes none() {
        return new FilterTypes(new TreeMap<>(), new TreeMap<>());
    }

    /** The types installed beside this library, loaded once. */
    public static FilterTypes installed() {
        return Installed.TYPES;
    }

    /**
     * The types a class loader sees, the built-in ones among them when it sees this library.
     *
     * @throws IllegalStateException when two providers have one type; names both
     * @throws java.util.ServiceConfigurationError when a provider can't be loaded
     */
    public static FilterTypes load(ClassLoader loader) {
        FilterTypes types = none();
        for (FilterProvider provider : ServiceLoader.load(FilterProvider.class, loader)) {
            types.add(provider);
        }
        for (TerminalProvider provider : ServiceLoader.load(TerminalProvider.class, loader)) {
            types.add(provider);
        }
        return types;
    }

    /**
     * These types and more filter types.
     *
     * @throws IllegalStateException when two providers have one type; names both
     */
    public FilterTypes with(FilterProvider... more) {
        FilterTypes types = copy();
        for (FilterProvider provider : more) {
            types.add(provider);
        }
        return types;
    }

    /**
     * These types and more terminal types.
     *
     * @throws IllegalStateException when two providers have one type; names both
     */
    public FilterTypes with(TerminalProvider... more) {
        FilterTypes types = copy();
        for (TerminalProvider provider : more) {
            types.add(provider);
        }
        return types;
    }

    /** All type names in alphabetical order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(filters.keySet());
        names.addAll(terminals.keySet());
        return Collections.unmodifiableSet(names);
    }

    boolean has(String type) {
        return filters.containsKey(type) || terminals.containsKey(type);
    }

    @Nullable
    FilterProvider filter(String type) {
        return filters.get(type);
    }

    @Nullable
    TerminalProvider terminal(String type) {
        return terminals.get(type);
    }

    private FilterTypes copy() {
        return new FilterTypes(new TreeMap<>(filters), new TreeMap<>(terminals));
    }

    private void add(FilterProvider provider) {
        refuseSecond(provider.type(), provider);
        filters.put(provider.type(), provider);
    }

    private void add(TerminalProvider provider) {
        refuseSecond(provider.type(), provider);
        terminals.put(provider.type(), provider);
    }

    private void refuseSecond(String type, Object provider) {
        Object first = filters.containsKey(type) ? filters.get(type) : terminals.get(type);
        if (first != null) {
            throw new IllegalStateException("rule type " + type + " has two providers: "
                    + first.getClass().getName() + " and " + provider.getClass().getName());
        }
    }

    private static final class Installed {
        static final FilterTypes TYPES = load(FilterTypes.class.getClassLoader());
    }
}
