package io.erulb.store.etcd;

import io.erulb.store.Annex;
import io.erulb.store.StoreException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts under a prefix of etcd's beside that of the configuration. */
final class EtcdAnnex implements Annex {
    private static final int PAGE = 500;
    private static final int MOST_OPERATIONS = 64;
    private static final ByteSequence ZERO = ByteSequence.from(new byte[] {0});

    private final EtcdConnection connection;
    private final String prefix;

    EtcdAnnex(EtcdConnection connection, String name) {
        this.connection = connection;
        this.prefix = prefix(connection.settings(), name);
    }

    private static String prefix(EtcdSettings settings, String name) {
        return '/' + settings.layout().elbName() + '.' + name + '/';
    }

    /** What puts a text as a part of a transaction. */
    static Op operation(EtcdSettings settings, Put put) {
        return put(EtcdReader.bytes(prefix(settings, put.annex()) + put.path()), put.text());
    }

    private static Op put(ByteSequence key, String text) {
        return Op.put(key, EtcdReader.bytes(text), PutOption.DEFAULT);
    }

    @Override
    public List<Entry> list(String folder) throws StoreException {
        return read(folder, false);
    }

    @Override
    public List<Entry> names(String folder) throws StoreException {
        return read(folder, true);
    }

    private List<Entry> read(String folder, boolean keysOnly) throws StoreException {
        List<Entry> entries = new ArrayList<>();
        for (KeyValue found : find(folder, keysOnly)) {
            entries.add(entry(found, keysOnly));
        }
        entries.sort(Comparator.comparingLong(Entry::written).thenComparing(Entry::path));
        return entries;
    }

    private List<KeyValue> find(String folder, boolean keysOnly) throws StoreException {
        String start = prefix + folder + '/';
        ByteSequence end = EtcdReader.bytes(prefix + folder + (char) ('/' + 1));
        List<KeyValue> found = new ArrayList<>();
        ByteSequence from = EtcdReader.bytes(start);
        boolean more = true;
        while (more) {
            GetOption option = GetOption.builder()
                    .withRange(end)
                    .withLimit(PAGE)
                    .withKeysOnly(keysOnly)
                    .build();
            ByteSequence next = from;
            GetResponse page = connection.read("reading " + start, kv -> kv.get(next, option));
            found.addAll(page.getKvs());
            more = page.isMore();
            from = more ? page.getKvs().get(page.getKvs().size() - 1).getKey().concat(ZERO) : from;
        }
        return found;
    }

    private Entry entry(KeyValue found, boolean keyOnly) {
        String path = found.getKey().toString(StandardCharsets.UTF_8).substring(prefix.length());
        return new Entry(
                path, keyOnly ? null : found.getValue().toString(StandardCharsets.UTF_8), found.getModRevision());
    }

    @Override
    public @Nullable String get(String path) throws StoreException {
        ByteSequence key = key(path);
        List<KeyValue> found =
                connection.read("reading " + path, kv -> kv.get(key)).getKvs();
        return found.isEmpty() ? null : found.get(0).getValue().toString(StandardCharsets.UTF_8);
    }

    @Override
    public void putAll(Map<String, String> texts) throws StoreException {
        List<Op> operations = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            long more = (long) text.getKey().length() + text.getValue().getBytes(StandardCharsets.UTF_8).length;
            if (operations.size() == MOST_OPERATIONS
                    || bytes + more > connection.settings().maxRequestBytes() / 2) {
                write(operations);
                operations.clear();
                bytes = 0;
            }
            operations.add(put(key(text.getKey()), text.getValue()));
            bytes += more;
        }
        write(operations);
    }

    private void write(List<Op> operations) throws StoreException {
        if (!operations.isEmpty()) {
            Op[] all = operations.toArray(Op[]::new);
            connection.call(
                    "writing beside the configuration", kv -> kv.txn().Then(all).commit());
        }
    }

    @Override
    public boolean putIfAbsent(String path, String text) throws StoreException {
        ByteSequence key = key(path);
        Cmp absent = new Cmp(key, Cmp.Op.EQUAL, CmpTarget.version(0));
        return connection
                .call(
                        "writing " + path,
                        kv -> kv.txn().If(absent).Then(put(key, text)).commit())
                .isSucceeded();
    }

    @Override
    public void deleteAll(Collection<String> paths) throws StoreException {
        List<Op> operations = new ArrayList<>();
        for (String path : paths) {
            if (operations.size() == MOST_OPERATIONS) {
                write(operations);
                operations.clear();
            }
            operations.add(Op.delete(key(path), DeleteOption.DEFAULT));
        }
        write(operations);
    }

    @Override
    public Lease lease(String path, Duration lifetime) {
        return new EtcdLease(connection, key(path), lifetime);
    }

    @Override
    public List<Leased> leased(String folder, Duration lifetime) throws StoreException {
        List<Leased> leased = new ArrayList<>();
        for (KeyValue found : find(folder, false)) {
            Entry entry = entry(found, false);
            leased.add(new Leased(entry.path(), String.valueOf(entry.text()), age(found.getLease(), lifetime)));
        }
        return leased;
    }

    private Duration age(long lease, Duration lifetime) throws StoreException {
        if (lease == 0) {
            return Duration.ZERO;
        }
        long left = connection
                .callLeases("looking at a lease", leases -> leases.timeToLive(lease, LeaseOption.DEFAULT))
                .getTTL();
        return Duration.ofSeconds(Math.max(0, lifetime.toSeconds() - Math.max(0, left)));
    }

    /** What deletes all of it as a part of a transaction. */
    Op deletion() {
        ByteSequence end = EtcdReader.bytes(prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1));
        return Op.delete(
                EtcdReader.bytes(prefix), DeleteOption.builder().withRange(end).build());
    }

    private ByteSequence key(String path) {
        Annex.requirePath(path);
        return EtcdReader.bytes(prefix + path);
    }
}
