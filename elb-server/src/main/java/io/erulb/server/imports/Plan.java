package io.erulb.server.imports;

import io.erulb.store.ConfigKey;
import io.erulb.store.StoredChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of each key that was found. Immutable.
 *
 * @param lines the keys, in order
 * @param faults what can't be taken over, in sentences
 * @param warnings what stays behind, and what the configuration would live with
 */
record Plan(List<Line> lines, List<String> faults, List<String> warnings) {

    /** Copies the lists. */
    Plan {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /** What would become of a key. */
    enum Fate {
        /** The store does not have it. */
        NEW,
        /** The store has another value. */
        DIFFERS,
        /** The store has this value. */
        SAME,
        /** It has a fault. */
        REFUSED
    }

    /**
     * A key.
     *
     * @param value what was found
     * @param stored what the store has, null for nothing
     */
    record Line(ConfigKey key, String value, @Nullable String stored, Fate fate) {}

    /** The changes of the store: what is new or differs and has no fault. */
    List<StoredChange> changes() {
        List<StoredChange> changes = new ArrayList<>();
        for (Line line : lines) {
            if (line.fate() == Fate.NEW || line.fate() == Fate.DIFFERS) {
                changes.add(new StoredChange.Put(line.key(), line.value()));
            }
        }
        return changes;
    }

    /** How many keys have a fate. */
    long count(Fate fate) {
        return lines.stream().filter(line -> line.fate() == fate).count();
    }
}
