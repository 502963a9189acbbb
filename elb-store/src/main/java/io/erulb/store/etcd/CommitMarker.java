package io.erulb.store.etcd;

import io.erulb.store.KeyLayout;
import io.erulb.store.StoreException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key that says that a {@link StagedCommit} is under way. Its place is just before all keys of the configuration, so that
 * one watch tells of both in their order. Immutable.
 *
 * @param text what it says: {@code prepared} and the commit's name, or {@code decided}, the name, and in how many texts the
 *     changes are
 * @param revision when it said so
 */
record CommitMarker(String text, long revision) {
    private static final String PREPARED = "prepared ";
    private static final String DECIDED = "decided ";

    /**
     * What there is.
     *
     * @param revision when that was; 0 when we may not know
     * @param marker the marker, or null for none
     * @param hidden whether we may not know: a user of etcd's may have a right to the configuration alone
     */
    record Found(long revision, @Nullable CommitMarker marker, boolean hidden) {
        static final Found HIDDEN = new Found(0, null, true);
    }

    static String prepared(String commit) {
        return PREPARED + commit;
    }

    static String decided(String commit, int texts) {
        return DECIDED + commit + ' ' + texts;
    }

    /** Where it stands: no key of another ELB of a usual name comes between it and ours. */
    static ByteSequence key(KeyLayout layout) {
        return EtcdReader.bytes('/' + layout.elbName() + ".~commit");
    }

    static CommitMarker of(KeyValue found) {
        return new CommitMarker(found.getValue().toString(StandardCharsets.UTF_8), found.getModRevision());
    }

    /** Looks for it now. */
    static Found find(EtcdConnection connection) throws StoreException {
        ByteSequence key = key(connection.settings().layout());
        try {
            GetResponse answer = connection.read("looking for a commit under way", kv -> kv.get(key));
            List<KeyValue> found = answer.getKvs();
            return new Found(answer.getHeader().getRevision(), found.isEmpty() ? null : of(found.get(0)), false);
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            if (cause != null && EtcdErrors.code(cause) == Status.Code.PERMISSION_DENIED) {
                return Found.HIDDEN;
            }
            throw e;
        }
    }

    /** Whether its commit is made, and only the keys have to be written. */
    boolean isDecided() {
        return text.startsWith(DECIDED);
    }

    /** The name of its commit. */
    String commit() {
        return text.split(" ", -1)[1];
    }

    /** How many texts the changes of a decided commit are in. */
    int texts() {
        return Integer.parseInt(text.split(" ", -1)[2]);
    }

    /** A condition that it is still there and says the same. */
    static Cmp says(KeyLayout layout, String text) {
        return new Cmp(key(layout), Cmp.Op.EQUAL, CmpTarget.value(EtcdReader.bytes(text)));
    }

    /** A condition that there is none. */
    static Cmp absent(KeyLayout layout) {
        return new Cmp(key(layout), Cmp.Op.EQUAL, CmpTarget.version(0));
    }
}
