package io.erulb.store.etcd;

import io.erulb.store.StoreListener;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Passes calls on to a listener until it is closed, and survives what the listener throws. */
final class GuardedListener implements StoreListener {

    private static final Logger LOG = System.getLogger(GuardedListener.class.getName());

    private final StoreListener listener;
    // Written by whoever closes, read by the watching thread.
    private volatile boolean closed;

    GuardedListener(StoreListener listener) {
        this.listener = listener;
    }

    void close() {
        closed = true;
    }

    @Override
    public void snapshot(StoredConfig config) {
        tell(() -> listener.snapshot(config));
    }

    @Override
    public void changed(long revision, List<StoredChange> changes) {
        tell(() -> listener.changed(revision, changes));
    }

    @Override
    public void settled() {
        tell(listener::settled);
    }

    private void tell(Runnable message) {
        if (closed) {
            return;
        }
        try {
            message.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a listener of the store failed", e);
        }
    }
}
