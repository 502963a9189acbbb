package io.erulb.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a store held at one moment. Immutable.
 *
 * @param revision the store's revision at that moment; grows with each change, starts anywhere
 * @param entries the values by key, in the order of the keys
 */
public record StoredConfig(long revision, Map<ConfigKey, StoredValue> entries) {

    /** A store in which nothing was ever written. */
    public static final StoredConfig EMPTY = new StoredConfig(0, Map.of());

    /** Copies the entries. */
    public StoredConfig {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /** Returns the revision at which the key was last written, 0 when it isn't there. */
    public long modRevision(ConfigKey key) {
        StoredValue value = entries.get(key);
        return value == null ? 0 : value.modRevision();
    }

    /** Returns the configuration after the changes, all of them made at the given revision. */
    public StoredConfig with(long newRevision, List<StoredChange> changes) {
        Map<ConfigKey, StoredValue> after = new TreeMap<>(entries);
        for (StoredChange change : changes) {
            if (change instanceof StoredChange.Put put) {
                after.put(put.key(), new StoredValue(put.text(), newRevision));
            } else {
                after.remove(change.key());
            }
        }
        return new StoredConfig(newRevision, after);
    }

    /**
     * Returns what turns the texts of this configuration into those of another, in the order of the keys: what is
     * missing there is deleted, what differs there is put. A value written anew with the same text is no change.
     */
    public List<StoredChange> changesTo(StoredConfig other) {
        Map<ConfigKey, StoredChange> changes = new TreeMap<>();
        for (ConfigKey key : entries.keySet()) {
            if (!other.entries.containsKey(key)) {
                changes.put(key, new StoredChange.Delete(key));
            }
        }
        other.entries.forEach((key, value) -> {
            if (!holds(key, value.text())) {
                changes.put(key, new StoredChange.Put(key, value.text()));
            }
        });
        return new ArrayList<>(changes.values());
    }

    /** Returns the keys of the changes that were written or deleted here since the base, in the order of the changes. */
    public List<ConfigKey> writtenSince(StoredConfig base, List<StoredChange> changes) {
        return changes.stream()
                .map(StoredChange::key)
                .filter(key -> modRevision(key) != base.modRevision(key))
                .toList();
    }

    /** Returns which of the changes would change a text here: the others find their key as they ask for. */
    public List<StoredChange> effective(List<StoredChange> changes) {
        return changes.stream()
                .filter(change -> change instanceof StoredChange.Put put
                        ? !holds(put.key(), put.text())
                        : entries.containsKey(change.key()))
                .toList();
    }

    private boolean holds(ConfigKey key, String text) {
        StoredValue value = entries.get(key);
        return value != null && value.text().equals(text);
    }
}
