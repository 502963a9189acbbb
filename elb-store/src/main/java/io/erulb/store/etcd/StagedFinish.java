package io.erulb.store.etcd;

import io.erulb.store.Annex;
import io.erulb.store.KeyLayout;
import io.erulb.store.StoreException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * The last steps of a {@link StagedCommit} that is decided: whoever takes them, and however often, the outcome is the same.
 *
 * <p>Each key is a nested transaction of its own, which writes only if the key is still at the revision that it had; all of
 * them are for nothing once the marker is gone. etcd counts operations along each path of nesting and takes 128 by default.
 */
final class StagedFinish {
    private static final Logger LOG = System.getLogger(StagedFinish.class.getName());
    private static final int WIDTH = 64;
    private static final int NESTED_WIDTH = 63;

    /** What the encoding adds to a change, its guard and its transaction, rounded up. */
    private static final int OVERHEAD_BYTES = 96;

    private final EtcdConnection connection;
    private final KeyLayout layout;
    private final CommitMarker marker;
    private final Cmp stillThere;
    private long revision;

    StagedFinish(EtcdConnection connection, CommitMarker marker) {
        this.connection = connection;
        this.layout = connection.settings().layout();
        this.marker = marker;
        this.stillThere = CommitMarker.says(layout, marker.text());
    }

    /** Writes what is not written yet, and returns a revision at which all of it is. */
    long run() throws StoreException {
        EtcdAnnex annex = StagedCommit.annex(connection);
        List<Annex.Entry> texts = annex.list(marker.commit());
        List<StagedChange> changes = new ArrayList<>();
        for (Annex.Entry text : texts) {
            changes.addAll(StagedChange.parse(String.valueOf(text.text())));
        }
        if (writeAll(changes, texts.size())) {
            forget(annex, texts);
        }
        return revision;
    }

    /** Tells whether it was for us to write the last of it. */
    private boolean writeAll(List<StagedChange> changes, int texts) throws StoreException {
        if (texts == marker.texts()) {
            for (List<StagedChange> part : parts(changes)) {
                if (!write(operations(part))) {
                    return false;
                }
            }
            return write(List.of(Op.delete(CommitMarker.key(layout), DeleteOption.DEFAULT)));
        }
        if (write(List.of())) {
            throw new StoreException(connection.settings().description() + ": of a large commit only " + texts
                    + " texts of " + marker.texts() + " are left beside the configuration, so it can't be finished"
                    + " (delete " + CommitMarker.key(layout) + " to give it up)");
        }
        return false;
    }

    private boolean write(List<Op> operations) throws StoreException {
        TxnResponse answer = connection.call(
                "writing a large commit",
                kv -> kv.txn()
                        .If(stillThere)
                        .Then(operations.toArray(Op[]::new))
                        .commit());
        revision = answer.getHeader().getRevision();
        return answer.isSucceeded();
    }

    /** As many at once as fit into a request. */
    private List<List<StagedChange>> parts(List<StagedChange> changes) {
        List<List<StagedChange>> parts = new ArrayList<>();
        List<StagedChange> part = new ArrayList<>();
        long bytes = 0;
        for (StagedChange change : changes) {
            long more = encodedBytes(change);
            if (part.size() == WIDTH * NESTED_WIDTH
                    || (!part.isEmpty() && bytes + more > connection.settings().maxRequestBytes())) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(change);
            bytes += more;
        }
        parts.add(part);
        return parts;
    }

    private long encodedBytes(StagedChange change) {
        int text = change.text() == null ? 0 : EtcdReader.bytes(change.text()).size();
        return 2L * key(change).size() + text + OVERHEAD_BYTES;
    }

    private List<Op> operations(List<StagedChange> part) {
        List<Op> nested = new ArrayList<>();
        for (int from = 0; from < part.size(); from += NESTED_WIDTH) {
            Op[] each = part.subList(from, Math.min(from + NESTED_WIDTH, part.size())).stream()
                    .map(this::operation)
                    .toArray(Op[]::new);
            nested.add(Op.txn(new Cmp[0], each, new Op[0]));
        }
        return nested;
    }

    private Op operation(StagedChange change) {
        ByteSequence key = key(change);
        Cmp asItWas = new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(change.guard()));
        Op write = change.text() == null
                ? Op.delete(key, DeleteOption.DEFAULT)
                : Op.put(key, EtcdReader.bytes(change.text()), PutOption.DEFAULT);
        return Op.txn(new Cmp[] {asItWas}, new Op[] {write}, new Op[0]);
    }

    private ByteSequence key(StagedChange change) {
        return EtcdReader.bytes(layout.format(change.key()));
    }

    private static void forget(EtcdAnnex annex, List<Annex.Entry> texts) {
        try {
            annex.deleteAll(texts.stream().map(Annex.Entry::path).toList());
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "the texts of a large commit are deleted before the next one", e);
        }
    }
}
