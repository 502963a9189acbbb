package io.erulb.store.etcd;

import io.erulb.store.Annex;
import io.erulb.store.ConfigKey;
import io.erulb.store.StoreConflictException;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes changes in one transaction, which is one revision, guarded by the revision of each changed key; what is too much for
 * one is for a {@link StagedCommit}. While such a one is under way, no other commit is made.
 *
 * <p>etcd counts operations along each path of nesting and takes 128 by default. So up to 64 changes are one plain
 * transaction, and more are 64 at a time in up to 64 nested ones. A nested one whose guard fails can't stop the others
 * by itself; it asks for a revision that lies in the future instead, for which etcd refuses the whole transaction before
 * anything is written.
 */
final class EtcdCommit {

    static final int CHUNK = 64;
    static final int MAX_CHANGES = CHUNK * CHUNK;

    private static final String ABORTED = "mvcc: required revision is a future revision";
    private static final int ATTEMPTS = 3;
    // What the encoding adds to a change and its guard, rounded up.
    private static final int OVERHEAD_BYTES = 48;

    private final EtcdConnection connection;
    private final StoredConfig base;
    private final List<StoredChange> changes;
    private final Set<StoredChange> effective;
    private final List<Annex.Put> along;
    private boolean markerHidden;

    EtcdCommit(EtcdConnection connection, StoredConfig base, List<StoredChange> changes, List<Annex.Put> along) {
        this.connection = connection;
        this.base = base;
        this.changes = changes;
        this.effective = new HashSet<>(base.effective(changes));
        this.along = effective.isEmpty() ? List.of() : along;
    }

    /** Writes everything and returns the revision, or writes nothing. */
    long write() throws StoreException {
        requireFittingEach();
        // Tells if the connection is dead, too: of a commit lost with it nobody knows if it was made.
        markerHidden = CommitMarker.find(connection).hidden();
        if (!fits()) {
            return new StagedCommit(connection, base, changes, along).write();
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            OptionalLong revision = attempt();
            if (revision.isPresent()) {
                return revision.getAsLong();
            }
            StagedCommit.awaitNone(connection);
            List<ConfigKey> conflicts = now().writtenSince(base, changes);
            if (!conflicts.isEmpty()) {
                throw new StoreConflictException(conflicts);
            }
        }
        throw new StoreException(describe() + ": keys to be written came and went " + ATTEMPTS + " times meanwhile");
    }

    /** Tries once; the revision is missing when a guard failed. */
    private OptionalLong attempt() throws StoreException {
        try {
            TxnResponse response =
                    connection.call("writing", kv -> fill(kv.txn()).commit());
            return response.isSucceeded() ? OptionalLong.of(response.getHeader().getRevision()) : OptionalLong.empty();
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            if (cause != null && ABORTED.equals(EtcdErrors.saidByServer(cause))) {
                return OptionalLong.empty();
            }
            if (cause != null && EtcdErrors.isOutcomeUnknown(cause)) {
                return OptionalLong.of(outcome(e));
            }
            throw e;
        }
    }

    /** Returns the revision at which the changes were made though no answer came, or else throws. */
    private long outcome(StoreException noAnswer) throws StoreException {
        StoredConfig now;
        try {
            now = now();
        } catch (StoreException e) {
            throw unknown(noAnswer);
        }
        Set<Long> revisions = new HashSet<>();
        for (StoredChange change : effective) {
            if (change instanceof StoredChange.Put) {
                revisions.add(now.modRevision(change.key()));
            }
        }
        boolean made = now.effective(changes).isEmpty() && revisions.size() == 1;
        long revision = made ? revisions.iterator().next() : 0;
        if (revision <= base.revision()) {
            throw unknown(noAnswer);
        }
        return revision;
    }

    private static StoreException unknown(StoreException noAnswer) {
        return new StoreException(noAnswer.getMessage() + "; whether it was written is not known", noAnswer);
    }

    private StoredConfig now() throws StoreException {
        return new EtcdReader(connection).read().config();
    }

    private Txn fill(Txn transaction) {
        if (changes.size() <= CHUNK) {
            return transaction.If(Stream.concat(noneUnderWay(), Stream.of(guards(changes)))
                            .toArray(Cmp[]::new))
                    .Then(Stream.concat(Stream.of(operations(changes)), operationsAlong())
                            .toArray(Op[]::new));
        }
        List<Op> nested = new ArrayList<>();
        for (int from = 0; from < changes.size(); from += CHUNK) {
            List<StoredChange> chunk = changes.subList(from, Math.min(from + CHUNK, changes.size()));
            nested.add(Op.txn(guards(chunk), operations(chunk), new Op[] {abort()}));
        }
        operationsAlong().forEach(nested::add);
        return transaction.If(noneUnderWay().toArray(Cmp[]::new)).Then(nested.toArray(Op[]::new));
    }

    private Stream<Cmp> noneUnderWay() {
        return markerHidden
                ? Stream.of()
                : Stream.of(CommitMarker.absent(connection.settings().layout()));
    }

    private Stream<Op> operationsAlong() {
        return along.stream().map(put -> EtcdAnnex.operation(connection.settings(), put));
    }

    private Cmp[] guards(List<StoredChange> chunk) {
        return chunk.stream()
                .map(StoredChange::key)
                .map(key -> new Cmp(bytes(key), Cmp.Op.EQUAL, CmpTarget.modRevision(base.modRevision(key))))
                .toArray(Cmp[]::new);
    }

    private Op[] operations(List<StoredChange> chunk) {
        return chunk.stream().filter(effective::contains).map(this::operation).toArray(Op[]::new);
    }

    private Op operation(StoredChange change) {
        return change instanceof StoredChange.Put put
                ? Op.put(bytes(put.key()), EtcdReader.bytes(put.text()), PutOption.DEFAULT)
                : Op.delete(bytes(change.key()), DeleteOption.DEFAULT);
    }

    private Op abort() {
        GetOption future = GetOption.builder().withRevision(Long.MAX_VALUE).build();
        return Op.get(bytes(changes.get(0).key()), future);
    }

    private ByteSequence bytes(ConfigKey key) {
        return EtcdReader.bytes(connection.settings().layout().format(key));
    }

    private boolean fits() {
        // What is put along takes the place of a nested transaction.
        int most = MAX_CHANGES - CHUNK * along.size();
        long bytes = changes.stream().mapToLong(this::encodedBytes).sum()
                + along.stream()
                        .mapToLong(put -> EtcdReader.bytes(put.text()).size() + 2L * OVERHEAD_BYTES)
                        .sum();
        return changes.size() <= most && bytes <= connection.settings().maxRequestBytes();
    }

    private void requireFittingEach() throws StoreException {
        int most = connection.settings().maxRequestBytes();
        for (StoredChange change : changes) {
            long bytes = encodedBytes(change);
            if (bytes > most) {
                throw new StoreException(describe() + ": " + change.key().path() + " is too large with about " + bytes
                        + " bytes (expected: at most " + most + " bytes, which etcd's --max-request-bytes sets)");
            }
        }
    }

    private long encodedBytes(StoredChange change) {
        long key = bytes(change.key()).size();
        if (!effective.contains(change)) {
            return key + OVERHEAD_BYTES;
        }
        long text = change instanceof StoredChange.Put put ? put.text().getBytes(StandardCharsets.UTF_8).length : 0;
        return 2 * key + text + OVERHEAD_BYTES;
    }

    private String describe() {
        return connection.settings().description();
    }
}
