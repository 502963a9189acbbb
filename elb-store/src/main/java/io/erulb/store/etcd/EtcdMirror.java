package io.erulb.store.etcd;

import io.erulb.store.ConfigKey;
import io.erulb.store.KeyLayout;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredValue;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.watch.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a listener has been told, so that after a gap only news are told. For one thread. */
final class EtcdMirror {

    /** The changes of one revision. */
    record Batch(long revision, List<StoredChange> changes) {}

    private final KeyLayout layout;
    private final ByteSequence marker;
    private Map<ConfigKey, StoredValue> entries = new HashMap<>();
    private Set<String> strays = new HashSet<>();
    private boolean filled;
    private long newest;
    private boolean holding;
    private boolean outdated;

    EtcdMirror(KeyLayout layout) {
        this.layout = layout;
        this.marker = CommitMarker.key(layout);
    }

    /**
     * Takes over a listing and returns whether it holds anything that wasn't told, as the first one always does. That
     * etcd went back, as when it is restored from a copy, is to be told in any case: revisions begin to be used again.
     */
    boolean replace(EtcdListing listing) {
        boolean news = !filled || listing.revision() < newest || !entries.equals(listing.entries());
        filled = true;
        entries = new HashMap<>(listing.entries());
        strays = new HashSet<>(listing.strays());
        newest = listing.revision();
        holding = listing.pending() != null;
        outdated = false;
        return news;
    }

    /**
     * Takes over the events of one answer on a watch and returns them by revision, without those of stray keys.
     *
     * <p>etcd sends all events of a revision in one answer, unless it is asked for fragments, which jetcd never does. From the
     * revision on at which a {@link StagedCommit} is decided nothing is told; when it is written, a new listing is due.
     */
    List<Batch> apply(List<WatchEvent> events) {
        List<Batch> batches = new ArrayList<>();
        for (WatchEvent event : events) {
            KeyValue entry = event.getKeyValue();
            boolean put = event.getEventType() == WatchEvent.EventType.PUT;
            if (entry.getKey().equals(marker)) {
                holding |= put && CommitMarker.of(entry).isDecided();
                outdated |= holding && !put;
            } else if (!holding) {
                newest = Math.max(newest, entry.getModRevision());
                StoredChange change = apply(entry, put);
                if (change != null) {
                    batch(batches, entry.getModRevision()).add(change);
                }
            }
        }
        return batches;
    }

    /** Whether a commit is being written, so that nothing is told. */
    boolean isHolding() {
        return holding;
    }

    /** Whether such a commit is written now. */
    boolean isOutdated() {
        return outdated;
    }

    /** Returns the newest revision of which everything was told. */
    long newest() {
        return newest;
    }

    /** Returns how many keys there are, strays too. */
    long count() {
        return (long) entries.size() + strays.size();
    }

    Set<String> strays() {
        return strays;
    }

    private @Nullable StoredChange apply(KeyValue entry, boolean put) {
        String fullKey = entry.getKey().toString(StandardCharsets.UTF_8);
        ConfigKey key = layout.parse(fullKey);
        if (key == null) {
            return fullKey.startsWith(layout.prefix()) ? stray(fullKey, put) : null;
        }
        return put ? put(key, entry) : delete(key);
    }

    private @Nullable StoredChange stray(String key, boolean put) {
        if (put) {
            strays.add(key);
        } else {
            strays.remove(key);
        }
        return null;
    }

    private StoredChange put(ConfigKey key, KeyValue entry) {
        String text = entry.getValue().toString(StandardCharsets.UTF_8);
        entries.put(key, new StoredValue(text, entry.getModRevision()));
        return new StoredChange.Put(key, text);
    }

    private @Nullable StoredChange delete(ConfigKey key) {
        return entries.remove(key) == null ? null : new StoredChange.Delete(key);
    }

    private static List<StoredChange> batch(List<Batch> batches, long revision) {
        Batch last = batches.isEmpty() ? null : batches.get(batches.size() - 1);
        if (last == null || last.revision() != revision) {
            last = new Batch(revision, new ArrayList<>());
            batches.add(last);
        }
        return last.changes();
    }
}
