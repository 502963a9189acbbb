package io.erulb.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hash map that never changes, in 256 parts: a changed one shares all parts without a change. It is looked up as quickly
 * as a {@link HashMap}, and changed at the price of a small one.
 */
final class PartedMap<V> {
    private static final int PART_BITS = 8;

    private final List<Map<String, V>> parts;

    private PartedMap(List<Map<String, V>> parts) {
        this.parts = parts;
    }

    static <V> PartedMap<V> empty() {
        return new PartedMap<>(Collections.nCopies(1 << PART_BITS, Map.of()));
    }

    @Nullable
    V get(String key) {
        return parts.get(part(key)).get(key);
    }

    /** By the upper bits of the hash, multiplied to mix it; a part's own map goes by the lower ones. */
    private static int part(String key) {
        return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - PART_BITS);
    }

    /** With other values for some keys, and without those whose value is null. */
    PartedMap<V> with(Map<String, @Nullable V> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        List<Map<String, V>> changed = new ArrayList<>(parts);
        Set<Integer> copied = new HashSet<>();
        changes.forEach((key, value) -> {
            int part = part(key);
            if (copied.add(part)) {
                changed.set(part, new HashMap<>(changed.get(part)));
            }
            put(changed.get(part), key, value);
        });
        return new PartedMap<>(changed);
    }

    private static <V> void put(Map<String, V> part, String key, @Nullable V value) {
        if (value == null) {
            part.remove(key);
        } else {
            part.put(key, value);
        }
    }
}
