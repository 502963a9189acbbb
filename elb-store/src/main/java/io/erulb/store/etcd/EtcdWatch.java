package io.erulb.store.etcd;

import io.erulb.store.StoreException;
import io.erulb.store.StoreListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Follows etcd for one listener, on a daemon thread of its own, in rounds: see {@link WatchRound}. Only closing ends it.
 */
final class EtcdWatch implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EtcdWatch.class.getName());
    private static final long LIVED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EtcdConnection connection;
    private final GuardedListener listener;
    private final EtcdMirror mirror;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final CountDownLatch closed = new CountDownLatch(1);

    EtcdWatch(EtcdConnection connection, StoreListener listener) {
        this.connection = connection;
        this.listener = new GuardedListener(listener);
        this.mirror = new EtcdMirror(connection.settings().layout());
    }

    /** Starts the thread. */
    void start() {
        Thread thread = new Thread(this::run, "elb-etcd-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        listener.close();
        closed.countDown();
    }

    private void run() {
        connection.health().watchOpened();
        try {
            while (!isClosed()) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.health().watchClosed();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void round() throws InterruptedException {
        long begun = System.nanoTime();
        try {
            new WatchRound(connection, mirror, listener).follow(this::isClosed);
            return;
        } catch (StoreException e) {
            note(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            note(connection.settings().description() + ": " + e, e);
        }
        if (System.nanoTime() - begun > LIVED_NANOS) {
            backoff.reset();
        }
        if (closed.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.log(Level.DEBUG, "watch closed");
        }
    }

    private void note(String reason, Throwable cause) {
        if (!isClosed()) {
            connection.health().failed(reason);
            LOG.log(Level.WARNING, reason);
            LOG.log(Level.DEBUG, reason, cause);
        }
    }
}
