package io.erulb.routing;

import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** Steps from one persistent map to the next, which shares all but a few nodes with it. No instances. */
final class PersistentMaps {
    private PersistentMaps() {}

    /** With this value for the key, or without the key for null; the same map when it has that very object already. */
    static <V> TreePMap<String, V> with(TreePMap<String, V> map, String key, @Nullable V value) {
        return value == null ? map.minus(key) : map.plus(key, value);
    }
}
