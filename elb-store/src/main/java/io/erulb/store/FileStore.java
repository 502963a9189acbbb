package io.erulb.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps configuration in a folder that people may edit: {@code rules/DOMAIN} and {@code upstreams/UPSTREAM/SERVER}, one
 * file for each value. A watched folder is followed; a change is looked at twice, so that half of it isn't taken for
 * the whole.
 *
 * <p>A commit is all or nothing even over a crash, also for other stores on the same folder. Revisions are the
 * milliseconds since 1970 at which a change was made or seen, so that they grow over restarts and other stores on the folder
 * have much the same.
 */
public final class FileStore implements ConfigStore {

    private static final int MAX_LOOKS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final FolderTree tree;
    private final Announcer announcer = new Announcer("elb-file-store");
    // Whoever reads or writes the folder, or what is known of it, holds this. What is known may be looked at without.
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Known known = Known.NOTHING;
    private volatile boolean closed;
    // Guarded by the lock: begun by the first listener.
    private @Nullable FolderWatch watch;

    /** Keeps configuration in a folder, which is made at its first use if it isn't there. */
    public FileStore(Path folder) {
        this.tree = new FolderTree(folder.toAbsolutePath().normalize());
    }

    @Override
    public StoredConfig load() throws StoreException {
        return locked("reading", () -> {
            look();
            return known.config();
        });
    }

    @Override
    public AutoCloseable watch(StoreListener listener) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(description() + ": the store is closed");
            }
            AutoCloseable subscription = announcer.add(listener);
            if (known.looked()) {
                announcer.begin(known.config());
            }
            startWatch();
            return subscription;
        } catch (IOException e) {
            throw new UncheckedIOException(description() + ": can't be watched", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long commit(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along) throws StoreException {
        StoredChange.requireDistinctKeys(changes);
        for (StoredChange change : changes) {
            String problem = FolderTree.problem(change.key());
            if (!problem.isEmpty()) {
                throw new StoreException(description() + ": " + change.key() + ": " + problem);
            }
        }
        return changes.isEmpty() ? base.revision() : locked("writing", () -> write(base, changes, along));
    }

    @Override
    public Annex annex(String name) {
        return FolderAnnex.beside(tree.root(), name);
    }

    @Override
    public StoreStatus status() {
        return known.status(description(), closed);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            announcer.close();
            if (watch != null) {
                watch.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void startWatch() throws IOException {
        if (watch == null) {
            watch = new FolderWatch(tree.root().getFileSystem().newWatchService(), this::rescan);
            watch.start();
        }
    }

    /** Looks for the watch, which goes on whatever happens; returns the folders to be watched. */
    private Collection<Path> rescan() {
        try {
            return locked("reading", () -> look().folders());
        } catch (StoreException e) {
            return List.of(tree.root());
        }
    }

    private FolderScan look() throws IOException {
        FolderScan scan = settledScan();
        take(scan);
        return scan;
    }

    /** Looks again until two looks in a row find the same news: something may be half written or half moved. */
    private FolderScan settledScan() throws IOException {
        FolderScan scan = tree.scan();
        for (int looks = 1; looks < MAX_LOOKS && isNews(scan) && mayChange(scan); looks++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            FolderScan next = tree.scan();
            if (next.texts().equals(scan.texts())) {
                return next;
            }
            scan = next;
        }
        return scan;
    }

    private boolean isNews(FolderScan scan) {
        return !known.changesTo(scan).isEmpty();
    }

    private boolean mayChange(FolderScan scan) {
        return known.looked() || isFresh(scan);
    }

    private static boolean isFresh(FolderScan scan) {
        return System.currentTimeMillis() - scan.newestMillis() < BETWEEN_LOOKS.toMillis();
    }

    private void take(FolderScan scan) {
        List<StoredChange> changes = known.changesTo(scan);
        known = known.after(changes, scan.strays());
        announcer.announce(known.config().revision(), changes);
        announcer.begin(known.config());
    }

    private long write(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along)
            throws IOException, StoreException {
        FolderLock held = tree.lock();
        try {
            take(tree.scanLocked());
            List<ConfigKey> conflicts = known.config().writtenSince(base, changes);
            if (!conflicts.isEmpty()) {
                throw new StoreConflictException(conflicts);
            }
            List<StoredChange> effective = known.config().effective(changes);
            tree.write(effective, effective.isEmpty() ? List.of() : along);
            known = known.after(effective, known.strays());
            announcer.announce(known.config().revision(), effective);
            return known.config().revision();
        } finally {
            held.close();
        }
    }

    private <T> T locked(String doing, FolderTask<T> task) throws StoreException {
        lock.lock();
        try {
            if (closed) {
                throw new StoreException(description() + ": the store is closed");
            }
            if (!known.looked()) {
                tree.create();
            }
            return task.run();
        } catch (IOException e) {
            StoreException failure = new StoreException(description() + ": " + doing + " failed: " + e, e);
            known = known.failed(String.valueOf(failure.getMessage()));
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    private String description() {
        return "folder " + tree.root();
    }

    /** Something done with the folder, under the lock. */
    private interface FolderTask<T> {
        T run() throws IOException, StoreException;
    }

    /**
     * What is known of the folder. Immutable.
     *
     * @param config what it held at the last look
     * @param strays what lay in it at no known place
     * @param nanos when that was, by {@link System#nanoTime()}
     * @param looked whether there ever was a look
     * @param error why the last attempt failed, null if it didn't
     */
    private record Known(
            StoredConfig config,
            List<String> strays,
            long nanos,
            boolean looked,
            @Nullable String error) {

        static final Known NOTHING = new Known(StoredConfig.EMPTY, List.of(), 0, false, null);

        List<StoredChange> changesTo(FolderScan scan) {
            Map<ConfigKey, StoredValue> found = new HashMap<>();
            scan.texts().forEach((key, text) -> found.put(key, new StoredValue(text, 0)));
            return config.changesTo(new StoredConfig(0, found));
        }

        Known after(List<StoredChange> changes, List<String> newStrays) {
            long revision = Math.max(config.revision() + 1, System.currentTimeMillis());
            StoredConfig next = changes.isEmpty() ? config : config.with(revision, changes);
            return new Known(next, newStrays, System.nanoTime(), true, null);
        }

        Known failed(String reason) {
            return new Known(config, strays, nanos, looked, reason);
        }

        StoreStatus status(String description, boolean closed) {
            Duration age = looked ? Duration.ofNanos(System.nanoTime() - nanos) : null;
            boolean connected = looked && error == null && !closed;
            return new StoreStatus(description, connected, age, config.revision(), error, strays);
        }
    }
}
