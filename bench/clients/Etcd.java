import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.PutResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An etcd of the scene's own, empty at first, and a client of it. Keys are those below {@code /ELB/}. */
final class Etcd implements AutoCloseable {
    private static final String PREFIX = "/ELB/";
    private static final int IN_ONE_TRANSACTION = 100;
    private static final long PATIENCE_SECONDS = 30;
    private static final long QUOTA_BYTES = 8L << 30;

    private final Process process;
    private final Path data;
    private final Client client;

    private Etcd(Process process, Path data, String url) {
        this.process = process;
        this.data = data;
        this.client = Client.builder().endpoints(url).build();
    }

    static Etcd start(Place place) throws Exception {
        Path data = Files.createTempDirectory(place.work(), "etcd");
        String url = "http://127.0.0.1:" + place.etcd();
        String peer = "http://127.0.0.1:" + place.etcdPeer();
        Path log = place.work().resolve("etcd.log");
        Process process = new ProcessBuilder(List.of(
                        place.root().resolve(".tools/etcd/etcd").toString(), "--name", "bench",
                        "--data-dir", data.toString(), "--listen-client-urls", url, "--advertise-client-urls", url,
                        "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                        "--initial-cluster", "bench=" + peer, "--quota-backend-bytes", Long.toString(QUOTA_BYTES),
                        "--auto-compaction-mode", "revision", "--auto-compaction-retention", "1000"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Etcd etcd = new Etcd(process, data, url);
        etcd.awaitStart(log);
        return etcd;
    }

    private void awaitStart(Path log) throws Exception {
        try {
            put("../started", "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            close();
            throw new IOException("etcd did not start: " + Files.readString(log), e);
        }
    }

    /** Writes a key; answers its revision. */
    CompletableFuture<Long> put(String key, String value) {
        return client.getKVClient().put(bytes(PREFIX + key), bytes(value)).thenApply(Etcd::revision);
    }

    /** Writes a key that no ELB follows. */
    CompletableFuture<Long> putElsewhere(String key, String value) {
        return client.getKVClient().put(bytes("/elsewhere/" + key), bytes(value)).thenApply(Etcd::revision);
    }

    /** Deletes a key; answers the revision. */
    CompletableFuture<Long> delete(String key) {
        return client.getKVClient()
                .delete(bytes(PREFIX + key))
                .thenApply(answer -> answer.getHeader().getRevision());
    }

    private static long revision(PutResponse answer) {
        return answer.getHeader().getRevision();
    }

    /** Writes many keys, a hundred at a revision; answers the last revision. */
    long putAll(Map<String, String> values) throws Exception {
        long revision = 0;
        List<Op> ops = new ArrayList<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            ops.add(Op.put(bytes(PREFIX + value.getKey()), bytes(value.getValue()), PutOption.DEFAULT));
            if (ops.size() == IN_ONE_TRANSACTION) {
                revision = commit(ops);
                ops.clear();
            }
        }
        return ops.isEmpty() ? revision : commit(ops);
    }

    private long commit(List<Op> ops) throws Exception {
        return client.getKVClient()
                .txn()
                .Then(ops.toArray(Op[]::new))
                .commit()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .getHeader()
                .getRevision();
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        client.close();
        process.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
