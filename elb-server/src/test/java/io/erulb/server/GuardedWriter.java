package io.erulb.server;

import io.erulb.store.ConfigStore;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commits to a store, by a base that it keeps from one commit to the next. Safe for use by many threads. */
final class GuardedWriter {
    private final ConfigStore store;
    /** Guarded by this: null when the store has to be looked at first. */
    private @Nullable StoredConfig base;

    GuardedWriter(ConfigStore store) {
        this.store = store;
    }

    /** Commits what the changes are by what is there; fails when another was quicker or the store is away. */
    synchronized void write(Function<StoredConfig, List<StoredChange>> changesTo) throws StoreException {
        StoredConfig known = base == null ? store.load() : base;
        base = null;
        List<StoredChange> changes = changesTo.apply(known);
        long revision = store.commit(known, changes);
        base = known.with(revision, changes);
    }

    /** Looks at the store anew before the next commit. */
    synchronized void forget() {
        base = null;
    }
}
