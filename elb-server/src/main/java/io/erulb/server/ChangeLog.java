package io.erulb.server;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.Domain;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.policy.Policy;
import io.erulb.store.Annex;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ChangeHistory.Note;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.PolicyKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The history of what this instance changes, in the words of routing. What goes to the store is kept together with it;
 * what stays in memory is kept behind, and lost with the instance when the store is away. Safe for use by many threads.
 */
final class ChangeLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChangeLog.class.getName());
    private static final int MOST_WAITING = 1000;
    private static final long LAST_MILLIS = 2000;

    /** Changes after which the history is looked through for those that are too many. */
    private static final int BETWEEN_PRUNINGS = 50;

    private final ChangeHistory history;
    private final ThreadPoolExecutor writer;
    private final AtomicInteger added = new AtomicInteger();

    ChangeLog(ChangeHistory history) {
        this.history = history;
        this.writer = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), ChangeLog::daemon);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elb-history");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Gets a change of the store ready to be kept: what is to be put along with its commit. A history that can't be written
     * holds up no change.
     */
    List<Annex.Put> prepare(ChangeAuthor author, StoredConfig base, List<StoredChange> changes) {
        List<Edit> edits = new ArrayList<>();
        for (StoredChange change : base.effective(changes)) {
            StoredValue old = base.entries().get(change.key());
            String after = change instanceof StoredChange.Put put ? put.text() : null;
            edits.add(new Edit(change.key(), old == null ? null : old.text(), after));
        }
        try {
            return edits.isEmpty() ? List.of() : List.of(history.prepare(note(author, true), edits));
        } catch (StoreException e) {
            missed(e);
            return List.of();
        }
    }

    private static void missed(StoreException cause) {
        LOG.log(Level.WARNING, "the history misses a change: {0}", cause.getMessage());
    }

    /** Forgets, soon and now and then, what is too old. */
    void committed() {
        if (added.incrementAndGet() % BETWEEN_PRUNINGS == 0) {
            later(history::prune);
        }
    }

    /** Keeps, soon, a change of memory. */
    void memoryChanged(RoutingTable before, RoutingTable after, ChangeAuthor author) {
        later(() -> {
            List<Edit> edits = difference(before, after);
            if (!edits.isEmpty()) {
                history.add(null, note(author, false), edits);
                committed();
            }
        });
    }

    private static Note note(ChangeAuthor author, boolean stored) {
        return new Note(author.by(), author.message(), stored);
    }

    /** What did not change is the same object in both tables, so that looking for what did is cheap. */
    private static List<Edit> difference(RoutingTable before, RoutingTable after) {
        List<Edit> edits = new ArrayList<>();
        forEachDifferent(
                before.domains(),
                after.domains(),
                (name, old, next) -> edits.add(new Edit(new DomainKey(name), json(old), json(next))));
        forEachDifferent(
                before.upstreams(),
                after.upstreams(),
                (upstream, old, next) -> forEachDifferent(
                        servers(old),
                        servers(next),
                        (server, was, is) -> edits.add(new Edit(new ServerKey(upstream, server), was, is))));
        forEachDifferent(
                before.policies(),
                after.policies(),
                (name, old, next) -> edits.add(new Edit(new PolicyKey(name), json(old), json(next))));
        return edits;
    }

    private static @Nullable String json(@Nullable Policy policy) {
        return policy == null ? null : policy.toJson();
    }

    /** Something that differs: null where it was or is not there. */
    private interface Different<T> {
        void take(String name, @Nullable T old, @Nullable T next);
    }

    private static <T> void forEachDifferent(Map<String, T> before, Map<String, T> after, Different<T> different) {
        before.forEach((name, old) -> {
            T next = after.get(name);
            if (!old.equals(next)) {
                different.take(name, old, next);
            }
        });
        after.forEach((name, next) -> {
            if (!before.containsKey(name)) {
                different.take(name, null, next);
            }
        });
    }

    private static @Nullable String json(@Nullable Domain domain) {
        return domain == null ? null : domain.rules().toJson();
    }

    private static Map<String, String> servers(@Nullable ConfiguredUpstream upstream) {
        return upstream == null ? Map.of() : upstream.parameters();
    }

    /** Something to be written to the history. */
    private interface Writing {
        void run() throws StoreException;
    }

    private void later(Writing writing) {
        try {
            writer.execute(() -> {
                try {
                    writing.run();
                } catch (StoreException e) {
                    missed(e);
                }
            });
        } catch (RejectedExecutionException full) {
            LOG.warning("the history misses a change: too many are waiting to be written");
        }
    }

    List<PastChange> list() throws StoreException {
        return history.list().stream().map(ChangeLog::withoutValues).toList();
    }

    @Nullable
    PastChange find(String id) throws StoreException {
        ChangeHistory.Change change = history.find(id);
        return change == null
                ? null
                : past(
                        change.summary(),
                        change.edits().stream().map(ChangeLog::edit).toList());
    }

    private static PastChange withoutValues(ChangeHistory.Summary summary) {
        return past(
                summary,
                summary.keys().stream()
                        .map(key -> edit(new Edit(key, null, null)))
                        .toList());
    }

    private static PastChange past(ChangeHistory.Summary summary, List<PastChange.Edit> edits) {
        Note note = summary.note();
        ChangeAuthor author = new ChangeAuthor(note.by(), note.message());
        return new PastChange(summary.id(), summary.at(), author, note.stored(), edits);
    }

    private static PastChange.Edit edit(Edit edit) {
        if (edit.key() instanceof ServerKey server) {
            return new PastChange.Edit(Kind.UPSTREAM, server.upstream(), server.server(), edit.before(), edit.after());
        }
        if (edit.key() instanceof PolicyKey policy) {
            return new PastChange.Edit(Kind.POLICY, policy.upstream(), null, edit.before(), edit.after());
        }
        String domain = ((DomainKey) edit.key()).domain();
        return new PastChange.Edit(Kind.DOMAIN, domain, null, edit.before(), edit.after());
    }

    /** Writes what is waiting, as far as that takes no more than a moment. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
