package io.erulb.server;

import io.erulb.store.ConfigCopy;
import io.erulb.store.ConfigKey;
import io.erulb.store.StoreException;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last good value of each key of the store, kept in a file to start from while the store is away. A value that was
 * set aside as faulty is not among them: the one before it is. What an administrator changed in memory alone isn't
 * either.
 *
 * <p>The file is written behind, soon after a change, and never more than a twentieth of the time. Safe for use by
 * many threads.
 */
final class LastGood implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LastGood.class.getName());
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final int SHARE = 20;
    private static final long LAST_SECONDS = 5;

    private final ConfigCopy copy;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor writer =
            new ScheduledThreadPoolExecutor(1, LastGood::daemon, new ThreadPoolExecutor.DiscardPolicy());

    /** All below are guarded by this. */
    private final TreeMap<ConfigKey, StoredValue> good = new TreeMap<>();

    private long revision;
    private boolean scheduled;
    private long restNanos = SOON.toNanos();
    private @Nullable String error;

    private ConfigCopy.@Nullable Saved saved;

    private LastGood(ConfigCopy copy, Clock clock) {
        this.copy = copy;
        this.clock = clock;
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elb-copy");
        thread.setDaemon(true);
        return thread;
    }

    /** Opens a copy; one that can't be used is logged, and replaced in time. */
    static LastGood open(ConfigCopy copy, Clock clock) {
        LastGood opened = new LastGood(copy, clock);
        opened.read();
        return opened;
    }

    private synchronized void read() {
        try {
            saved = copy.read();
            if (saved != null) {
                good.putAll(saved.config().entries());
                revision = saved.config().revision();
            }
        } catch (StoreException refused) {
            failed(refused);
        }
    }

    /** The copy that an earlier run left; null when there was none, or none that can be used. */
    synchronized ConfigCopy.@Nullable Saved saved() {
        return saved;
    }

    /** Where the copy is. */
    Path file() {
        return copy.file();
    }

    /** Takes in what the store holds now for some keys: a value, or none; faulty values leave the ones before them. */
    synchronized void note(long atRevision, Stream<ConfigKey> keys, Seen seen, Set<ConfigKey> faulty) {
        keys.forEach(key -> {
            StoredValue value = seen.value(key);
            if (value == null) {
                good.remove(key);
            } else if (!faulty.contains(key)) {
                good.put(key, value);
            }
        });
        revision = atRevision;
        schedule();
    }

    /** What was seen of the store. */
    @FunctionalInterface
    interface Seen {
        @Nullable
        StoredValue value(ConfigKey key);
    }

    /** Why there is no good copy on disk, or null. */
    synchronized @Nullable String error() {
        return error;
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            Future<?> unused = writer.schedule(this::write, restNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void write() {
        long begun = System.nanoTime();
        try {
            copy.write(take(), clock.instant());
            written();
        } catch (StoreException e) {
            failed(e);
            tryAgain();
        } finally {
            rest(System.nanoTime() - begun);
        }
    }

    /** A full disk may have room again by then. */
    private synchronized void tryAgain() {
        restNanos = BEFORE_RETRY.toNanos();
        schedule();
    }

    private synchronized StoredConfig take() {
        scheduled = false;
        return new StoredConfig(revision, good);
    }

    private synchronized void written() {
        if (error != null) {
            LOG.info(() -> "the copy of the configuration is written again: " + copy.file());
        }
        error = null;
    }

    private synchronized void failed(StoreException cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.equals(error)) {
            LOG.log(Level.WARNING, "no copy of the configuration to start from: {0}", message);
        }
        error = message;
    }

    private synchronized void rest(long took) {
        restNanos = Math.max(SOON.toNanos(), took * SHARE);
    }

    /** Lets a writing come to its end, and writes what is still to be written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (writer.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS) && isBehind()) {
                write();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isBehind() {
        return scheduled;
    }
}
