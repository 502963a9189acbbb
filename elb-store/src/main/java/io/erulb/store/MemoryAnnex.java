package io.erulb.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Texts for as long as the process lives. */
final class MemoryAnnex implements Annex {
    private final AtomicLong clock;

    /** Guarded by this. */
    private final Map<String, Entry> texts = new TreeMap<>();

    /** @param clock counts what is written, in all annexes of a store */
    MemoryAnnex(AtomicLong clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<Entry> list(String folder) {
        return texts.values().stream()
                .filter(entry -> entry.path().startsWith(folder + '/'))
                .sorted(Comparator.comparingLong(Entry::written))
                .toList();
    }

    @Override
    public List<Entry> names(String folder) {
        return list(folder).stream()
                .map(entry -> new Entry(entry.path(), null, entry.written()))
                .toList();
    }

    @Override
    public synchronized @Nullable String get(String path) {
        Entry entry = texts.get(path);
        return entry == null ? null : entry.text();
    }

    @Override
    public synchronized void putAll(Map<String, String> added) {
        added.keySet().forEach(Annex::requirePath);
        added.forEach(this::put);
    }

    @Override
    public synchronized boolean putIfAbsent(String path, String text) {
        Annex.requirePath(path);
        if (texts.containsKey(path)) {
            return false;
        }
        put(path, text);
        return true;
    }

    @Override
    public synchronized void deleteAll(Collection<String> paths) {
        paths.forEach(texts::remove);
    }

    /** The text ends with the process, as everything here does. */
    @Override
    public Lease lease(String path, Duration lifetime) {
        Annex.requirePath(path);
        return new Lease() {
            @Override
            public void put(String text) {
                putAll(Map.of(path, text));
            }

            @Override
            public void renew() {}

            @Override
            public void close() {
                deleteAll(List.of(path));
            }
        };
    }

    @Override
    public List<Leased> leased(String folder, Duration lifetime) {
        return list(folder).stream()
                .map(entry -> new Leased(entry.path(), String.valueOf(entry.text()), Duration.ZERO))
                .sorted(Comparator.comparing(Leased::path))
                .toList();
    }

    private void put(String path, String text) {
        texts.put(path, new Entry(path, text, clock.incrementAndGet()));
    }
}
