package io.erulb.server;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.erulb.routing.SourceStatus;
import io.erulb.store.Annex;
import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ConfigCopy;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.PolicyKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.ConfigStore;
import io.erulb.store.StoreConflictException;
import io.erulb.store.StoreException;
import io.erulb.store.StoreListener;
import io.erulb.store.StoreStatus;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps live routing and a store together: what changes in the store is merged into routing, and a dump writes what is
 * in force to the store. Safe for use by many threads.
 *
 * <p>Per key the last writer wins. A change an administrator made in memory therefore stays until the same key changes
 * in the store; looking at the store again undoes nothing, nor does the first look at one that was away before.
 */
final class ConfigSync implements StoreListener {
    private static final Logger LOG = Logger.getLogger(ConfigSync.class.getName());
    private static final Duration TURN = Duration.ofSeconds(10);

    private final ConfigStore store;
    private final LiveRouting routing;
    private final @Nullable LastGood lastGood;
    private final CountDownLatch first = new CountDownLatch(1);

    /** Held by whoever takes in or writes: events wait for a dump, so that they come before or after it. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Guarded by {@link #turn}. */
    private final SeenConfig seen = new SeenConfig();

    /** Guarded by {@link #turn}: what changed in the store and is not merged yet, and up to which revision; 0 for nothing. */
    private final Map<ConfigKey, StoredChange> waiting = new TreeMap<>();

    private long waitingRevision;

    /** Guarded by {@link #turn}: whether the store was ever looked at as a whole. */
    private boolean looked;

    /** Whether what is in force comes from the copy, the store not having answered since. */
    private volatile boolean fromCopy;

    private volatile Runnable taken = () -> {};
    private volatile Watched watched = (after, until, edits) -> {};

    /**
     * Routing and a store that know nothing of each other yet.
     *
     * @param lastGood keeps a copy of the store's good values, null for no copy
     */
    ConfigSync(ConfigStore store, LiveRouting routing, @Nullable LastGood lastGood) {
        this.store = store;
        this.routing = routing;
        this.lastGood = lastGood;
    }

    /**
     * Puts the copy in force, if there is one: for the time until the store answers, and for keys whose value there is
     * faulty. To be called before the store is followed.
     */
    void startFromCopy() {
        ConfigCopy.Saved saved = lastGood == null ? null : lastGood.saved();
        if (saved == null) {
            return;
        }
        turn.lock();
        try {
            merge(seen.take(saved.config()).changes(), saved.config().revision());
            looked = true;
            fromCopy = true;
        } finally {
            turn.unlock();
        }
    }

    /** Has something run after each revision of the store that was taken in; it must return at once. */
    void onTaken(Runnable listener) {
        taken = listener;
    }

    /** Told of what others wrote to the store; must return at once. */
    @FunctionalInterface
    interface Watched {
        /** Between two revisions, the first not included; edits may be empty. */
        void saw(long after, long until, List<Edit> edits);
    }

    /** Has someone told of what others write to the store from now on: what it is found with at first is nobody's change. */
    void onWatched(Watched listener) {
        watched = listener;
    }

    /** Waits for the first configuration from the store; tells whether it came in time. */
    boolean awaitFirst(Duration most) throws InterruptedException {
        return first.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void snapshot(StoredConfig config) {
        turn.lock();
        try {
            mergeWaiting();
            merge(seen.isNewerThan(config) ? latest(config) : config);
        } finally {
            turn.unlock();
        }
        first.countDown();
    }

    @Override
    public void changed(long revision, List<StoredChange> changes) {
        turn.lock();
        try {
            SeenConfig.News news = seen.take(revision, changes);
            news.changes().forEach(change -> waiting.put(change.key(), change));
            waitingRevision = revision;
            watched.saw(revision - 1, revision, news.edits());
        } finally {
            turn.unlock();
        }
    }

    /** Merges the last value of each key: the cost of a change is that of a table, however many keys it has. */
    @Override
    public void settled() {
        turn.lock();
        try {
            mergeWaiting();
        } finally {
            turn.unlock();
        }
    }

    private void mergeWaiting() {
        if (waitingRevision > 0) {
            List<StoredChange> news = List.copyOf(waiting.values());
            long revision = waitingRevision;
            waiting.clear();
            waitingRevision = 0;
            merge(news, revision);
            keep(news, revision);
        }
    }

    /** What is done with all that the store holds, while nothing else is taken in or written. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(StoredConfig base) throws StoreException, SourceException;
    }

    /**
     * Takes in what the store holds now, and does something with it.
     *
     * @throws SourceException when the store is away or refuses, or another one takes too long
     */
    <T extends @Nullable Object> T withStore(Work<T> work) throws SourceException {
        takeTurn();
        try {
            mergeWaiting();
            StoredConfig base = store.load();
            merge(base);
            return work.on(base);
        } catch (StoreConflictException conflict) {
            List<String> keys = conflict.keys().stream().map(ConfigKey::path).toList();
            throw SourceException.conflict(String.valueOf(conflict.getMessage()), keys);
        } catch (StoreException failed) {
            throw SourceException.unavailable(String.valueOf(failed.getMessage()));
        } finally {
            turn.unlock();
        }
    }

    /**
     * Writes to the store in the course of {@link #withStore}, and puts it in force if it is not.
     *
     * @param change what comes into force with it
     * @return the revision
     */
    long commit(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along, RoutingChange change)
            throws StoreException {
        long revision = store.commit(base, changes, along);
        seen.wrote(revision, changes);
        routing.merge(change, revision);
        taken.run();
        keep(changes, revision);
        return revision;
    }

    /** How the store is doing. */
    SourceStatus status() {
        StoreStatus status = store.status();
        return new SourceStatus(
                status.description(),
                status.connected(),
                status.age(),
                status.revision(),
                status.error(),
                status.strayKeys(),
                copy());
    }

    private SourceStatus.@Nullable Copy copy() {
        if (lastGood == null) {
            return null;
        }
        ConfigCopy.Saved saved = lastGood.saved();
        Instant inForceOf = fromCopy && saved != null ? saved.saved() : null;
        return new SourceStatus.Copy(lastGood.file().toString(), inForceOf, lastGood.error());
    }

    private void takeTurn() throws SourceException {
        try {
            if (!turn.tryLock(TURN.toNanos(), TimeUnit.NANOSECONDS)) {
                throw SourceException.unavailable("another dump or write to the store is under way");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SourceException.unavailable("interrupted");
        }
    }

    /** A look taken before our last one is no news; a store that lost its past is. Only another look can tell. */
    private StoredConfig latest(StoredConfig older) {
        try {
            return store.load();
        } catch (StoreException away) {
            LOG.log(Level.WARNING, "the store went back to an earlier revision", away);
            return older;
        }
    }

    private void merge(StoredConfig config) {
        boolean before = looked && !fromCopy;
        long seenBefore = seen.revision();
        fromCopy = false;
        SeenConfig.News news = seen.take(config);
        // What an administrator put while the store was away came after what the first look at it shows.
        merge(news.changes(), looked ? (table, key) -> true : (table, key) -> !holds(table, key), config.revision());
        looked = true;
        keep(news.changes(), config.revision());
        if (before) {
            watched.saw(seenBefore, config.revision(), news.edits());
        }
    }

    private void keep(List<StoredChange> news, long revision) {
        if (lastGood != null && !news.isEmpty()) {
            lastGood.note(revision, news.stream().map(StoredChange::key), seen::value, InForce.setAside(routing));
        }
    }

    private static boolean holds(RoutingTable table, ConfigKey key) {
        return key instanceof ServerKey server
                ? table.upstreams().containsKey(server.upstream())
                : key instanceof DomainKey domain
                        ? table.domains().containsKey(domain.domain())
                        : key instanceof PolicyKey policy && table.policies().containsKey(policy.upstream());
    }

    private void merge(List<StoredChange> news, long revision) {
        merge(news, (table, key) -> true, revision);
    }

    private void merge(List<StoredChange> news, BiPredicate<RoutingTable, ConfigKey> wanted, long revision) {
        StoredEdits.merge(routing, news, wanted, revision);
        taken.run();
    }
}
