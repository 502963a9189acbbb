package io.erulb.store.etcd;

import io.erulb.store.Annex;
import io.erulb.store.StoreException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A key on a lease of etcd's, which deletes it when the lease runs out. A lease that etcd has forgotten, after an outage
 * longer than it lasts or with its data, is replaced by a new one.
 */
final class EtcdLease implements Annex.Lease {
    private static final String FORGOTTEN = "requested lease not found";

    private final EtcdConnection connection;
    private final ByteSequence key;
    private final long seconds;
    private long id;
    private @Nullable String text;

    EtcdLease(EtcdConnection connection, ByteSequence key, Duration lifetime) {
        this.connection = connection;
        this.key = key;
        this.seconds = lifetime.toSeconds();
    }

    @Override
    public void put(String newText) throws StoreException {
        text = newText;
        write();
    }

    @Override
    public void renew() throws StoreException {
        if (text == null) {
            return;
        }
        if (id != 0) {
            keepAlive();
        }
        // Whoever deleted the key did not mean that its process is gone.
        write(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.version(0)));
    }

    private void keepAlive() throws StoreException {
        try {
            connection.callLeases("renewing a lease", leases -> leases.keepAliveOnce(id));
        } catch (StoreException e) {
            forget(e);
        }
    }

    private void write(Cmp... conditions) throws StoreException {
        try {
            tryToWrite(conditions);
        } catch (StoreException e) {
            forget(e);
            tryToWrite(conditions);
        }
    }

    private void tryToWrite(Cmp... conditions) throws StoreException {
        if (id == 0) {
            id = connection
                    .callLeases("asking for a lease", leases -> leases.grant(seconds))
                    .getID();
        }
        PutOption leased = PutOption.builder().withLeaseId(id).build();
        Op put = Op.put(key, EtcdReader.bytes(String.valueOf(text)), leased);
        connection.call(
                "writing on a lease", kv -> kv.txn().If(conditions).Then(put).commit());
    }

    /** Goes on only if what failed is that etcd knows nothing of our lease any more. */
    private void forget(StoreException failed) throws StoreException {
        Throwable cause = failed.getCause();
        if (cause == null || !FORGOTTEN.equals(EtcdErrors.saidByServer(cause))) {
            throw failed;
        }
        id = 0;
    }

    @Override
    public void close() throws StoreException {
        text = null;
        if (id != 0) {
            long ended = id;
            id = 0;
            connection.callLeases("ending a lease", leases -> leases.revoke(ended));
        }
    }
}
