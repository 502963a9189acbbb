package io.erulb.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps configuration for as long as the process lives: for trying out, embedding and tests. */
public final class MemoryStore implements ConfigStore {

    private final Announcer announcer = new Announcer("elb-memory-store");
    private final AtomicLong annexClock = new AtomicLong();
    private final Map<String, MemoryAnnex> annexes = new ConcurrentHashMap<>();
    // Both guarded by this.
    private StoredConfig current = StoredConfig.EMPTY;
    private boolean closed;

    /** Creates an empty one, at revision 0. */
    public MemoryStore() {}

    @Override
    public synchronized StoredConfig load() throws StoreException {
        requireOpen();
        return current;
    }

    @Override
    public synchronized AutoCloseable watch(StoreListener listener) {
        if (closed) {
            throw new IllegalStateException("memory: the store is closed");
        }
        AutoCloseable subscription = announcer.add(listener);
        announcer.begin(current);
        return subscription;
    }

    @Override
    public synchronized long commit(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along)
            throws StoreException {
        requireOpen();
        StoredChange.requireDistinctKeys(changes);
        if (changes.isEmpty()) {
            return base.revision();
        }
        List<ConfigKey> conflicts = current.writtenSince(base, changes);
        if (!conflicts.isEmpty()) {
            throw new StoreConflictException(conflicts);
        }
        List<StoredChange> effective = current.effective(changes);
        if (!effective.isEmpty()) {
            along.forEach(put -> annex(put.annex()).putAll(Map.of(put.path(), put.text())));
            current = current.with(current.revision() + 1, effective);
            announcer.announce(current.revision(), effective);
        }
        return current.revision();
    }

    @Override
    public MemoryAnnex annex(String name) {
        return annexes.computeIfAbsent(name, unused -> new MemoryAnnex(annexClock));
    }

    @Override
    public synchronized StoreStatus status() {
        return new StoreStatus("memory", !closed, Duration.ZERO, current.revision(), null, List.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
        announcer.close();
    }

    private void requireOpen() throws StoreException {
        if (closed) {
            throw new StoreException("memory: the store is closed");
        }
    }
}
