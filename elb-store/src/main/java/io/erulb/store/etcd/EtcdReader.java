package io.erulb.store.etcd;

import io.erulb.store.ConfigKey;
import io.erulb.store.KeyLayout;
import io.erulb.store.StoreException;
import io.erulb.store.StoredValue;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads all keys under the prefix, page by page, all pages at the revision of the first. For one thread. */
final class EtcdReader {

    private static final int ATTEMPTS = 3;
    private static final int PAGE = 1000;
    // The largest page that fits into one answer even if each value is as large as etcd's default allows.
    private static final int SAFE_PAGE = 40;
    private static final ByteSequence ZERO = ByteSequence.from(new byte[] {0});

    private final EtcdConnection connection;
    private final KeyLayout layout;
    private final ByteSequence end;
    private final long deadline;
    private final Map<ConfigKey, StoredValue> entries = new HashMap<>();
    private final Set<String> strays = new TreeSet<>();
    private int pageSize = PAGE;

    EtcdReader(EtcdConnection connection) {
        this.connection = connection;
        this.layout = connection.settings().layout();
        this.end = endOf(layout);
        this.deadline =
                System.nanoTime() + connection.settings().timing().load().toNanos();
    }

    /** Returns the end, exclusive, of the range of keys under the prefix: its last slash made the next character. */
    static ByteSequence endOf(KeyLayout layout) {
        return bytes('/' + layout.elbName() + (char) ('/' + 1));
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    /** Reads what readers may see: a commit that is being written not at all, and when that is past, as a whole. */
    EtcdListing read() throws StoreException {
        for (int attempt = 1; ; attempt++) {
            CommitMarker.Found found = CommitMarker.find(connection);
            CommitMarker marker = found.marker();
            CommitMarker pending = marker != null && marker.isDecided() ? marker : null;
            try {
                return read(pending == null ? found.revision() : pending.revision(), pending, found.hidden());
            } catch (StoreException e) {
                if (attempt == ATTEMPTS || !isCompacted(e)) {
                    throw e;
                }
                if (pending != null) {
                    new StagedFinish(connection, pending).run();
                }
            }
        }
    }

    private EtcdListing read(long wanted, @Nullable CommitMarker pending, boolean markerHidden) throws StoreException {
        entries.clear();
        strays.clear();
        GetResponse page = page(bytes(layout.prefix()), wanted);
        long revision = wanted == 0 ? page.getHeader().getRevision() : wanted;
        add(page.getKvs());
        while (page.isMore()) {
            requireTime();
            page = page(after(page.getKvs()), revision);
            add(page.getKvs());
        }
        connection.health().listed(page.getHeader().getRevision(), strays);
        return new EtcdListing(revision, entries, strays, pending, markerHidden);
    }

    private static boolean isCompacted(StoreException e) {
        Throwable cause = e.getCause();
        return cause != null && EtcdErrors.code(cause) == Status.Code.OUT_OF_RANGE;
    }

    /** Reads a page at a revision, 0 for the newest; a smaller one when a whole one is too large for an answer. */
    private GetResponse page(ByteSequence from, long revision) throws StoreException {
        try {
            return request(from, revision);
        } catch (StoreException e) {
            if (pageSize == SAFE_PAGE || !isTooLarge(e)) {
                throw e;
            }
            pageSize = SAFE_PAGE;
            return request(from, revision);
        }
    }

    private GetResponse request(ByteSequence from, long revision) throws StoreException {
        GetOption option = GetOption.builder()
                .withRange(end)
                .withLimit(pageSize)
                .withRevision(revision)
                .build();
        return connection.read("reading the configuration", kv -> kv.get(from, option));
    }

    private static boolean isTooLarge(StoreException e) {
        Throwable cause = e.getCause();
        return cause != null && EtcdErrors.code(cause) == Status.Code.RESOURCE_EXHAUSTED;
    }

    private static ByteSequence after(List<KeyValue> page) {
        return page.get(page.size() - 1).getKey().concat(ZERO);
    }

    private void add(List<KeyValue> page) {
        for (KeyValue entry : page) {
            String key = entry.getKey().toString(StandardCharsets.UTF_8);
            ConfigKey parsed = layout.parse(key);
            if (parsed == null) {
                strays.add(key);
            } else {
                String text = entry.getValue().toString(StandardCharsets.UTF_8);
                entries.put(parsed, new StoredValue(text, entry.getModRevision()));
            }
        }
    }

    private void requireTime() throws StoreException {
        if (System.nanoTime() - deadline > 0) {
            throw new StoreException(connection.settings().description() + ": reading the configuration took more than "
                    + connection.settings().timing().load().toSeconds() + " s");
        }
    }
}
