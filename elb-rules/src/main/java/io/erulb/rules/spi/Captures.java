package io.erulb.rules.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups a pattern captured. Immutable. */
public final class Captures {
    private static final Captures NONE = new Captures(List.of(), Map.of());

    private final List<@Nullable String> groups;
    private final Map<String, Integer> names;

    private Captures(List<@Nullable String> groups, Map<String, Integer> names) {
        this.groups = groups;
        this.names = names;
    }

    /** No groups at all. */
    public static Captures none() {
        return NONE;
    }

    /**
     * Captured groups.
     *
     * @param groups the whole match first, then group 1 and on; null where a group took no part
     * @param names the named groups' numbers
     */
    public static Captures of(List<? extends @Nullable String> groups, Map<String, Integer> names) {
        return new Captures(Collections.unmodifiableList(new ArrayList<@Nullable String>(groups)), Map.copyOf(names));
    }

    /** What group {@code number} took, 0 being the whole match; null when there is no such group or it took no part. */
    public @Nullable String group(int number) {
        return number >= 0 && number < groups.size() ? groups.get(number) : null;
    }

    /** What the named group took; null when there is none or it took no part. */
    public @Nullable String group(String name) {
        Integer number = names.get(name);
        return number == null ? null : group(number);
    }

    /** The groups that took part, by number from "1" on and by name. */
    public Map<String, String> byName() {
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 1; i < groups.size(); i++) {
            put(found, Integer.toString(i), groups.get(i));
        }
        names.forEach((name, number) -> put(found, name, group(number)));
        return Collections.unmodifiableMap(found);
    }

    private static void put(Map<String, String> found, String name, @Nullable String value) {
        if (value != null) {
            found.put(name, value);
        }
    }

    @Override
    public String toString() {
        return byName().toString();
    }
}
