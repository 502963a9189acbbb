package io.erulb.store.etcd;

import io.erulb.store.Annex;
import io.erulb.store.ConfigKey;
import io.erulb.store.KeyLayout;
import io.erulb.store.StoreConflictException;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A commit too large for one transaction of etcd's, which is all or nothing all the same for whoever reads through this
 * store, also when its writer dies at any moment.
 *
 * <ol>
 *   <li>A {@link CommitMarker} says <em>prepared</em>, for a few seconds at most: no other commit is made meanwhile.
 *   <li>The changes are put beside the configuration, and their keys are checked against the base.
 *   <li>The marker says <em>decided</em>: now the commit is made. Readers see everything as it was at this revision until
 *       the marker goes.
 *   <li>The keys are written, in as many transactions as it takes, each still at the revision it had; whoever finds a
 *       decided marker left can do that, several at once and twice.
 *   <li>The marker goes, and readers see all that was written.
 * </ol>
 *
 * <p>Who writes a key past this store between the third step and the fourth comes last and wins.
 */
final class StagedCommit {
    private static final String ANNEX = "staged";
    private static final int ATTEMPTS = 3;

    /** How long a writer may take from the first step to the third, and others wait for it. */
    private static final Duration PREPARED = Duration.ofSeconds(10);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final EtcdConnection connection;
    private final KeyLayout layout;
    private final String name = UUID.randomUUID().toString();
    private final StoredConfig base;
    private final List<StoredChange> changes;
    private final List<Annex.Put> along;

    StagedCommit(EtcdConnection connection, StoredConfig base, List<StoredChange> changes, List<Annex.Put> along) {
        this.connection = connection;
        this.layout = connection.settings().layout();
        this.base = base;
        this.changes = changes;
        this.along = along;
    }

    /** The annex that the changes are put in. */
    static EtcdAnnex annex(EtcdConnection connection) {
        return new EtcdAnnex(connection, ANNEX);
    }

    /** Makes the commit and returns the revision at which readers see it, or makes none of it. */
    long write() throws StoreException {
        prepare();
        CommitMarker decided;
        try {
            int texts = putChanges();
            requireUnchanged();
            decided = decide(texts);
        } catch (StoreException e) {
            giveUp(e);
            throw e;
        }
        return finish(decided);
    }

    private long finish(CommitMarker decided) throws StoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new StagedFinish(connection, decided).run();
            } catch (StoreException e) {
                if (attempt == ATTEMPTS) {
                    String made = "; the commit is made, and is seen when its last keys are written";
                    throw new StoreException(e.getMessage() + made, e);
                }
            }
        }
    }

    /** Waits until no other commit is under way; finishes one that its writer left. */
    static void awaitNone(EtcdConnection connection) throws StoreException {
        long end = System.nanoTime() + PREPARED.plusSeconds(2).toNanos();
        while (System.nanoTime() - end < 0) {
            CommitMarker marker = CommitMarker.find(connection).marker();
            if (marker == null) {
                // Nor may it be seen, perhaps: then the commit itself is refused by etcd, with the reason.
                return;
            }
            if (marker.isDecided()) {
                new StagedFinish(connection, marker).run();
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        throw new StoreException(connection.settings().description() + ": another large commit is under way");
    }

    private void prepare() throws StoreException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            awaitNone(connection);
            if (tryToPrepare()) {
                return;
            }
        }
        throw new StoreException(connection.settings().description() + ": other large commits are under way");
    }

    private boolean tryToPrepare() throws StoreException {
        long lease = connection
                .callLeases("asking for a lease", leases -> leases.grant(PREPARED.toSeconds()))
                .getID();
        PutOption leased = PutOption.builder().withLeaseId(lease).build();
        Op put = Op.put(CommitMarker.key(layout), EtcdReader.bytes(CommitMarker.prepared(name)), leased);
        return connection
                .call(
                        "preparing a commit",
                        kv -> kv.txn()
                                .If(CommitMarker.absent(layout))
                                .Then(put, annex(connection).deletion())
                                .commit())
                .isSucceeded();
    }

    private int putChanges() throws StoreException {
        int most = connection.settings().maxRequestBytes() / 2;
        Map<String, String> texts = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        for (StoredChange change : base.effective(changes)) {
            String next = StagedChange.of(change, base).format();
            int more = EtcdReader.bytes(next).size();
            if (bytes > 0 && bytes + more > most) {
                texts.put(path(texts.size()), text.toString());
                text.setLength(0);
                bytes = 0;
            }
            text.append(next);
            bytes += more;
        }
        texts.put(path(texts.size()), text.toString());
        annex(connection).putAll(texts);
        return texts.size();
    }

    private String path(int number) {
        return name + '/' + number;
    }

    private void requireUnchanged() throws StoreException {
        List<ConfigKey> conflicts = new EtcdReader(connection).read().config().writtenSince(base, changes);
        if (!conflicts.isEmpty()) {
            throw new StoreConflictException(conflicts);
        }
    }

    private CommitMarker decide(int texts) throws StoreException {
        String decided = CommitMarker.decided(name, texts);
        List<Op> operations = new ArrayList<>();
        operations.add(Op.put(CommitMarker.key(layout), EtcdReader.bytes(decided), PutOption.DEFAULT));
        along.forEach(put -> operations.add(EtcdAnnex.operation(connection.settings(), put)));
        try {
            TxnResponse answer = connection.call(
                    "deciding a commit",
                    kv -> kv.txn()
                            .If(CommitMarker.says(layout, CommitMarker.prepared(name)))
                            .Then(operations.toArray(Op[]::new))
                            .commit());
            if (answer.isSucceeded()) {
                return new CommitMarker(decided, answer.getHeader().getRevision());
            }
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            if (cause == null || !EtcdErrors.isOutcomeUnknown(cause)) {
                throw e;
            }
            CommitMarker marker = CommitMarker.find(connection).marker();
            if (marker != null && marker.text().equals(decided)) {
                return marker;
            }
            throw new StoreException(e.getMessage() + "; whether it was written is not known", e);
        }
        throw new StoreException(connection.settings().description() + ": preparing a large commit took more than "
                + PREPARED.toSeconds() + " s");
    }

    private void giveUp(StoreException cause) {
        try {
            Op delete = Op.delete(CommitMarker.key(layout), DeleteOption.DEFAULT);
            connection.call(
                    "giving up a commit",
                    kv -> kv.txn()
                            .If(CommitMarker.says(layout, CommitMarker.prepared(name)))
                            .Then(delete)
                            .commit());
        } catch (StoreException e) {
            // Its lease does that soon.
            cause.addSuppressed(e);
        }
    }
}
