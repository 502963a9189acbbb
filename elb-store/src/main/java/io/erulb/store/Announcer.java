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
 * <p>Order is the caller's: it calls {@link #add}, {@link #begin} and {@link #announce} under the lock that guards its state.
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

    /** Takes a listener in, which is told nothing before the next {@link #begin}, until the result is closed. */
    AutoCloseable add(StoreListener listener) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        return () -> {
            subscription.closed = true;
            subscriptions.remove(subscription);
        };
    }

    /** Tells the snapshot to the listeners that have had none. */
    void begin(StoredConfig snapshot) {
        for (Subscription subscription : subscriptions) {
            if (!subscription.begun) {
                subscription.begun = true;
                thread.execute(() -> subscription.tell(told -> told.snapshot(snapshot)));
            }
        }
    }

    /** Tells the changes, if there are any, to the listeners that have had a snapshot. */
    void announce(long revision, List<StoredChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (Subscription subscription : subscriptions) {
            if (subscription.begun) {
                thread.execute(() -> subscription.tell(told -> told.changed(revision, changes)));
                thread.execute(() -> subscription.tell(StoreListener::settled));
            }
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
        // Guarded by the lock of the store.
        private boolean begun;
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
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "a listener of the store failed", e);
            }
        }
    }
}
