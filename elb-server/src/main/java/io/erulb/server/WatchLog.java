package io.erulb.server;

import io.erulb.routing.Fleet;
import io.erulb.routing.FleetMember;
import io.erulb.routing.SourceException;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.StoreException;
import io.erulb.store.WatchedChanges;
import io.erulb.store.WatchedChanges.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has what others write to the store kept in the history, a moment later, by the instance of the fleet that is there
 * longest. The others remember what they saw until they would know that it is gone. Safe for use by many threads.
 */
final class WatchLog implements ConfigSync.Watched, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WatchLog.class.getName());
    private static final long MOMENT_MILLIS = 1000;

    /** A moment where much is written all the time: what is kept is written too. */
    private static final long LONG_MOMENT_MILLIS = 10_000;

    private static final long BEFORE_NEXT_LOOK_MILLIS = 5000;
    private static final long LAST_MILLIS = 2000;

    /** Longer than the fleet counts an instance that is gone. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Changes of a moment kept each for itself; more are kept as one, so that they don't drive out all others. */
    private static final int MOST_SINGLE = 10;

    private static final int BETWEEN_PRUNINGS = 50;

    private final ChangeHistory history;
    private final WatchedChanges watched;
    private final Fleet fleet;
    private final ScheduledThreadPoolExecutor writer =
            new ScheduledThreadPoolExecutor(1, WatchLog::daemon, new ThreadPoolExecutor.DiscardPolicy());

    /** Guarded by this: what was seen since the last look. */
    private List<Seen> fresh = new ArrayList<>();

    /** Guarded by this. */
    private boolean scheduled;

    /** Guarded by this: whether there was much at the last look. */
    private boolean busy;

    /** The writer's: what is to be kept, by us or by another, oldest first. */
    private final List<Waiting> waiting = new ArrayList<>();

    /** The writer's. */
    private int added;

    /** Something seen, and when. */
    private record Waiting(Seen seen, long nanos) {}

    WatchLog(ChangeHistory history, Fleet fleet) {
        this.history = history;
        this.watched = new WatchedChanges(history);
        this.fleet = fleet;
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elb-watch-log");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized void saw(long after, long until, List<Edit> edits) {
        if (!edits.isEmpty()) {
            fresh.add(new Seen(Math.min(after, until), until, edits));
            schedule(busy ? LONG_MOMENT_MILLIS : MOMENT_MILLIS);
        }
    }

    private synchronized void schedule(long millis) {
        if (!scheduled) {
            scheduled = true;
            Future<?> unused = writer.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        remember(takeFresh());
        try {
            if (leads()) {
                keep();
            }
        } catch (SourceException | StoreException away) {
            LOG.log(Level.FINE, "what was changed in the store is kept later", away);
        }
        forgetOld();
        if (!waiting.isEmpty()) {
            schedule(BEFORE_NEXT_LOOK_MILLIS);
        }
    }

    private synchronized List<Seen> takeFresh() {
        List<Seen> taken = fresh;
        fresh = new ArrayList<>();
        scheduled = false;
        busy = taken.size() > MOST_SINGLE;
        return taken;
    }

    private void remember(List<Seen> seen) {
        List<Seen> kept = seen.size() <= MOST_SINGLE
                ? seen
                : seen.stream().reduce(Seen::then).stream().toList();
        long now = System.nanoTime();
        kept.forEach(each -> waiting.add(new Waiting(each, now)));
    }

    private boolean leads() throws SourceException {
        return fleet.members().stream().findFirst().filter(FleetMember::self).isPresent();
    }

    private void keep() throws StoreException {
        added += watched.add(waiting.stream().map(Waiting::seen).toList());
        waiting.clear();
        if (added >= BETWEEN_PRUNINGS) {
            added = 0;
            history.prune();
        }
    }

    private void forgetOld() {
        long oldest = System.nanoTime() - REMEMBERED_NANOS;
        waiting.removeIf(each -> each.nanos() - oldest < 0);
    }

    /** Keeps what was seen last, as far as that takes no more than a moment. */
    @Override
    public void close() {
        if (writer.isShutdown()) {
            return;
        }
        try {
            writer.submit(this::look).get(LAST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.log(Level.WARNING, "the history misses what was changed in the store last", late);
        }
        writer.shutdownNow();
    }
}
