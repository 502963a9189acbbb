package io.erulb.store.etcd;

import io.erulb.store.Annex;
import io.erulb.store.ConfigStore;
import io.erulb.store.StoreException;
import io.erulb.store.StoreListener;
import io.erulb.store.StoreStatus;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps configuration in etcd v3, where {@code etcdctl put} and other instances write too.
 *
 * <p>Connects at its first use, not when it is made. Each watch has a daemon thread, on which its listener is called. What
 * is too much for one transaction of etcd's is committed in several, which all stores of this class see as one.
 */
public final class EtcdConfigStore implements ConfigStore {

    private final EtcdSettings settings;
    private final EtcdHealth health;
    private final EtcdConnection connection;
    private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EtcdConfigStore(EtcdSettings settings) {
        this.settings = settings;
        this.health = new EtcdHealth(settings.description(), System::nanoTime);
        this.connection = new EtcdConnection(settings, health);
    }

    /** Returns a builder with the defaults: etcd on this machine, the name {@code ELB}, no log-in, no TLS. */
    public static EtcdConfigStoreBuilder builder() {
        return new EtcdConfigStoreBuilder();
    }

    @Override
    public StoredConfig load() throws StoreException {
        try {
            return new EtcdReader(connection).read().config();
        } catch (StoreException e) {
            health.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    public AutoCloseable watch(StoreListener listener) {
        if (closed) {
            throw new IllegalStateException(settings.description() + ": the store is closed");
        }
        EtcdWatch watch = new EtcdWatch(connection, listener);
        watches.add(watch);
        watch.start();
        return () -> {
            watch.close();
            watches.remove(watch);
        };
    }

    /**
     * {@inheritDoc}
     *
     * <p>When etcd gives no answer it is looked up whether the changes were made all the same; if that can't be told,
     * the message says so.
     */
    @Override
    public long commit(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along) throws StoreException {
        StoredChange.requireDistinctKeys(changes);
        return changes.isEmpty() ? base.revision() : new EtcdCommit(connection, base, changes, along).write();
    }

    @Override
    public Annex annex(String name) {
        return new EtcdAnnex(connection, name);
    }

    @Override
    public StoreStatus status() {
        return health.status();
    }

    @Override
    public void close() {
        closed = true;
        watches.forEach(EtcdWatch::close);
        watches.clear();
        connection.close();
        health.failed(settings.description() + ": the store is closed");
    }
}
