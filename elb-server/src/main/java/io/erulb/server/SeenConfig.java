package io.erulb.server;

import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ConfigKey;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has seen of the store: tells the news in what it is shown, and no news twice.
 *
 * <p>Not what is in force: an administrator may have changed that since, in memory, and a look at the store that shows
 * nothing new must leave such a change alone. Guarded by its owner.
 *
 * <p>By example: seen at revision 7, {@code a} as of 3. We write {@code a} at 9 ourselves. Then the watch, which is
 * behind, tells of {@code b} at 8 (news: another wrote it) and of {@code a} at 9 (no news).
 */
final class SeenConfig {
    private Map<ConfigKey, StoredValue> values = new HashMap<>();

    /** Revisions of our own writes that the watch has not reached yet. */
    private final Map<ConfigKey, Long> written = new HashMap<>();

    /** Everything up to this revision has been seen. */
    private long revision;

    /** Whether a look at the store is older than what was seen: taken before it, or after the store lost its past. */
    boolean isNewerThan(StoredConfig config) {
        return config.revision() < revision;
    }

    /** What the store holds for a key by what was seen; null for nothing. */
    @Nullable
    StoredValue value(ConfigKey key) {
        return values.get(key);
    }

    /**
     * What is new. Immutable.
     *
     * @param changes what the store tells
     * @param edits the same with the values before; without those that find their key as they ask for
     */
    record News(List<StoredChange> changes, List<Edit> edits) {
        static final News NONE = new News(List.of(), List.of());
    }

    /** Takes in a look at the whole store and returns what is new in it. */
    News take(StoredConfig config) {
        if (isNewerThan(config)) {
            written.clear();
        }
        Map<ConfigKey, StoredValue> next = new HashMap<>(config.entries());
        written.forEach((key, ours) -> {
            if (ours > config.revision()) {
                keep(key, next);
            }
        });
        News news = news(difference(next));
        values = next;
        reach(config.revision());
        return news;
    }

    /** Takes in the changes of one revision and returns those that are new. */
    News take(long changeRevision, List<StoredChange> changes) {
        if (changeRevision <= revision) {
            return News.NONE;
        }
        News news = news(changes.stream()
                .filter(change -> written.getOrDefault(change.key(), 0L) < changeRevision)
                .toList());
        news.changes().forEach(change -> note(change, changeRevision));
        reach(changeRevision);
        return news;
    }

    private News news(List<StoredChange> changes) {
        List<Edit> edits = new ArrayList<>();
        for (StoredChange change : changes) {
            StoredValue old = values.get(change.key());
            String before = old == null ? null : old.text();
            String after = change instanceof StoredChange.Put put ? put.text() : null;
            if (!Objects.equals(before, after)) {
                edits.add(new Edit(change.key(), before, after));
            }
        }
        return new News(changes, edits);
    }

    /** Everything up to this revision has been seen. */
    long revision() {
        return revision;
    }

    /** Takes in what we wrote to the store ourselves, on top of what was taken last. */
    void wrote(long writeRevision, List<StoredChange> changes) {
        for (StoredChange change : changes) {
            note(change, writeRevision);
            written.put(change.key(), writeRevision);
        }
    }

    private void keep(ConfigKey key, Map<ConfigKey, StoredValue> next) {
        StoredValue ours = values.get(key);
        StoredValue theirs = next.get(key);
        if (theirs != null && theirs.modRevision() >= written.getOrDefault(key, 0L)) {
            return;
        }
        if (ours == null) {
            next.remove(key);
        } else {
            next.put(key, ours);
        }
    }

    private List<StoredChange> difference(Map<ConfigKey, StoredValue> next) {
        List<StoredChange> news = new ArrayList<>();
        values.keySet().stream()
                .filter(key -> !next.containsKey(key))
                .sorted()
                .forEach(key -> news.add(new StoredChange.Delete(key)));
        next.entrySet().stream()
                .filter(entry -> isNews(values.get(entry.getKey()), entry.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> news.add(
                        new StoredChange.Put(entry.getKey(), entry.getValue().text())));
        return news;
    }

    /** Keys of a large commit of ours are written a little before its revision, as of which we have them. */
    private static boolean isNews(@Nullable StoredValue ours, StoredValue theirs) {
        return ours == null || !ours.text().equals(theirs.text()) || theirs.modRevision() > ours.modRevision();
    }

    private void note(StoredChange change, long changeRevision) {
        if (change instanceof StoredChange.Put put) {
            values.put(put.key(), new StoredValue(put.text(), changeRevision));
        } else {
            values.remove(change.key());
        }
    }

    private void reach(long reached) {
        revision = reached;
        written.values().removeIf(ours -> ours <= reached);
    }
}
