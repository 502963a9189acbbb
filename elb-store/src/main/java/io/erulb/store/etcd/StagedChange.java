package io.erulb.store.etcd;

import io.erulb.store.ConfigKey;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change as a {@link StagedCommit} keeps it until it is written. Immutable.
 *
 * @param key the key
 * @param guard the revision it must still be at to be written
 * @param text the new value; null to delete it
 */
record StagedChange(ConfigKey key, long guard, @Nullable String text) {
    static StagedChange of(StoredChange change, StoredConfig base) {
        String text = change instanceof StoredChange.Put put ? put.text() : null;
        return new StagedChange(change.key(), base.modRevision(change.key()), text);
    }

    /** A line with the guard, the length of the key and that of the value, -1 to delete it; then both, and a line's end. */
    String format() {
        String path = key.path();
        int length = text == null ? -1 : text.length();
        return guard + " " + path.length() + ' ' + length + '\n' + path + (text == null ? "" : text) + '\n';
    }

    /** Reads what was written one after the other. */
    static List<StagedChange> parse(String all) {
        List<StagedChange> changes = new ArrayList<>();
        int position = 0;
        while (position < all.length()) {
            int end = all.indexOf('\n', position);
            String[] numbers = all.substring(position, end).split(" ", -1);
            int key = end + 1;
            int text = key + Integer.parseInt(numbers[1]);
            int length = Integer.parseInt(numbers[2]);
            position = text + Math.max(0, length) + 1;
            changes.add(new StagedChange(
                    Objects.requireNonNull(ConfigKey.parse(all.substring(key, text))),
                    Long.parseLong(numbers[0]),
                    length < 0 ? null : all.substring(text, position - 1)));
        }
        return changes;
    }
}
