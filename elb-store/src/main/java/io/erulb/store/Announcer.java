package io.erulb.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Tells listeners of a store what happens, in order, on one daemon thread that starts with the first listener.
 *
 * <p>Order is the caller's: it calls {@link #add} and {@link #announce} under the lock that guards its state.
 */
final class Announcer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Announcer.class.getName());

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final ExecutorService thread;

    Announcer(String threadName) {
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, threadName);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** Tells the listener the snapshot, and from now on what is announced, until the result is closed. */
    AutoCloseable add(StoreListener listener, StoredConfig snapshot) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        thread.execute(() -> subscription.tell(told -> told.snapshot(snapshot)));
        return () -> {
            subscription.closed = true;
            subscriptions.remove(subscription);
        };
    }

    /** Tells all listeners of the changes, if there are any. */
    void announce(long revision, List<StoredChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (Subscription subscription : subscriptions) {
            thread.execute(() -> subscription.tell(told -> told.changed(revision, changes)));
        }
    }

    @Override
    public void close() {
        subscriptions.forEach(subscription -> subscription.closed = true);
        subscriptions.clear();
        thread.shutdown();
    }

    private static final class Subscription {
        private final StoreListener listener;
        // Written by whoever closes, read by the announcing thread.
        private volatile boolean closed;

        Subscription(StoreListener listener) {
            this.listener = listener;
        }

        void tell(Consumer<StoreListener> message) {
            if (closed) {
                return;
            }
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener of the store failed", e);
            }
        }
    }
}
