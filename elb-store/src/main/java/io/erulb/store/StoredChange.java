package io.erulb.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A change of one key. Immutable. */
public sealed interface StoredChange {

    /** Returns the key that changes. */
    ConfigKey key();

    /** Throws {@link IllegalArgumentException} when a key is changed more than once. */
    static void requireDistinctKeys(List<StoredChange> changes) {
        Set<ConfigKey> seen = new HashSet<>();
        for (StoredChange change : changes) {
            if (!seen.add(change.key())) {
                throw new IllegalArgumentException(change.key() + ": changed twice (expected: once in a commit)");
            }
        }
    }

    /**
     * The key has this value from now on.
     *
     * @param key the key
     * @param text the whole new value
     */
    record Put(ConfigKey key, String text) implements StoredChange {}

    /**
     * The key is no longer there.
     *
     * @param key the key
     */
    record Delete(ConfigKey key) implements StoredChange {}
}
