package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import io.erulb.store.etcd.EtcdConfigStore;
import io.erulb.store.etcd.EtcdProcess;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An instance is killed while it dumps: the store holds all of what it held or all of what was dumped, for whoever reads
 * meanwhile too. The property {@code kills.count} tells how often for each number of keys.
 */
class KilledDumpIT {
    private static final int KILLS = Integer.getInteger("kills.count", 1);
    private static final int SERVERS_EACH = 10;

    @SuppressWarnings("NullAway.Init")
    private static EtcdProcess etcd;

    private final Random random = new Random(KILLS);

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        etcd.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 450, 4000, 8000})
    void leavesAllOrNothing(int keys) throws Exception {
        String name = "of" + keys;
        try (EtcdConfigStore store = store(name);
                Reader reader = new Reader(store, keys)) {
            store.commit(store.load(), all(keys, 1));
            reader.start();
            long nanos = dump(name, keys, 2);
            int weight = 2;
            int made = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                dumpAndKill(name, keys, weight + 1, (long) (random.nextDouble() * nanos));
                int found = reader.weight(store.load());
                assertThat(found).isBetween(weight, weight + 1);
                made += found - weight;
                weight = found;
            }
            System.out.printf(
                    "%d keys: killed %d times within %d ms of a dump's beginning, %d dumps made, %d readings meanwhile%n",
                    keys, KILLS, TimeUnit.NANOSECONDS.toMillis(nanos), made, reader.readings());
        }
    }

    /** Dumps in a new instance, and tells how long it took. */
    private static long dump(String name, int keys, int weight) throws Exception {
        try (ServerProcess server = changed(name, keys, weight)) {
            long begun = System.nanoTime();
            assertThat(Http.put(server.uri(), "/__erulb__/dump", "").body()).isEqualTo("{\"msg\":\"OK\"}");
            return System.nanoTime() - begun;
        }
    }

    private static void dumpAndKill(String name, int keys, int weight, long afterNanos) throws Exception {
        ServerProcess server = changed(name, keys, weight);
        CompletableFuture<HttpResponse<String>> answer =
                Http.sendAsync(Http.request(server.uri(), "/__erulb__/dump").PUT(BodyPublishers.noBody()));
        LockSupport.parkNanos(afterNanos);
        server.close();
        answer.handle((answered, failed) -> true).join();
    }

    /** An instance whose memory has another weight for each server. */
    private static ServerProcess changed(String name, int keys, int weight) throws Exception {
        // With a configuration in force, however slow the hour: what changes its memory has to come after that.
        ServerProcess server = ServerProcess.start("START_WAIT=1m ELBNAME=" + name + " ETCD=" + etcd.endpoint());
        StringBuilder body = new StringBuilder();
        for (int upstream = 0; upstream < keys / SERVERS_EACH; upstream++) {
            body.append(body.isEmpty() ? '{' : ',')
                    .append("\"up")
                    .append(upstream)
                    .append("\":{");
            for (int i = 0; i < SERVERS_EACH; i++) {
                body.append(i == 0 ? "" : ",").append('"').append(server(i)).append("\":\"weight=");
                body.append(weight).append('"');
            }
            body.append('}');
        }
        assertThat(Http.put(
                                server.uri(),
                                "/__erulb__/upstream",
                                body.append('}').toString())
                        .body())
                .isEqualTo("{\"msg\":\"OK\"}");
        return server;
    }

    private static List<StoredChange> all(int keys, int weight) {
        List<StoredChange> changes = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            ServerKey server = new ServerKey("up" + key / SERVERS_EACH, server(key % SERVERS_EACH));
            changes.add(new StoredChange.Put(server, "weight=" + weight));
        }
        return changes;
    }

    private static String server(int i) {
        return "127.0.0.1:" + (8000 + i);
    }

    private static EtcdConfigStore store(String name) {
        return EtcdConfigStore.builder().endpoints(etcd.endpoint()).name(name).build();
    }

    /** Reads everything again and again. */
    private static final class Reader implements AutoCloseable {
        private final EtcdConfigStore store;
        private final int keys;
        private final AtomicInteger readings = new AtomicInteger();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile boolean closed;

        Reader(EtcdConfigStore store, int keys) {
            this.store = store;
            this.keys = keys;
        }

        void start() {
            Thread thread = new Thread(this::run, "reader");
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                while (!closed) {
                    weight(store.load());
                    readings.incrementAndGet();
                }
                ended.complete(null);
            } catch (StoreException | AssertionError failed) {
                ended.completeExceptionally(failed);
            }
        }

        /** The weight that all servers have. */
        int weight(StoredConfig config) {
            assertThat(config.entries()).hasSize(keys);
            Set<String> texts =
                    config.entries().values().stream().map(StoredValue::text).collect(Collectors.toSet());
            assertThat(texts).as("revision %d", config.revision()).hasSize(1);
            return Integer.parseInt(texts.iterator().next().substring("weight=".length()));
        }

        int readings() {
            return readings.get();
        }

        @Override
        public void close() {
            closed = true;
            ended.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}
