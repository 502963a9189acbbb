package io.erulb.server;

import io.erulb.store.StoreException;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import io.erulb.store.etcd.EtcdConfigStore;
import io.erulb.store.etcd.EtcdProcess;
import io.erulb.store.etcd.Forwarder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that reaches a real etcd through a forwarder, writers that reach it past the forwarder, backends, and a
 * steady load; for one fault after the other. For one thread.
 */
final class FaultScene implements AutoCloseable {
    private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final CloseStack parts;
    private final EtcdProcess etcd;
    private final int etcdPort;
    private final Forwarder forwarder;
    private final EtcdConfigStore store;
    private final LoadedDomains loaded;
    private final OtherKeys other;
    private final ServerProcess server;
    private final ForceProbe probe;
    private final SteadyLoad load;
    private final FaultWriters writers;

    private FaultScene(CloseStack parts, long seed) throws Exception {
        this.parts = parts;
        etcd = parts.add(EtcdProcess.start());
        etcdPort = etcd.port();
        forwarder = parts.add(Forwarder.to(etcdPort));
        store = parts.add(EtcdConfigStore.builder()
                .endpoints(etcd.endpoint())
                .requestTimeout(Duration.ofSeconds(2))
                .build());
        List<VersionBackend> backends = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            backends.add(parts.add(VersionBackend.start(name)));
        }
        loaded = new LoadedDomains(new GuardedWriter(store), backends, seed);
        other = new OtherKeys(new GuardedWriter(store), new GuardedWriter(store), seed);
        loaded.rewriteAll();
        server = parts.add(ServerProcess.start("ETCD=" + forwarder.endpoint()));
        probe = new ForceProbe(server);
        probe.awaitState(store.load(), START);
        loaded.confirm(store.load());
        load = parts.add(SteadyLoad.start(server.uri(), loaded, seed));
        writers = parts.add(FaultWriters.start(loaded::rewriteOne, other::writeSome));
    }

    static FaultScene start(long seed) throws Exception {
        CloseStack parts = new CloseStack();
        try {
            return new FaultScene(parts, seed);
        } catch (AssertionError | Exception failed) {
            parts.close();
            throw failed;
        }
    }

    EtcdProcess etcd() {
        return etcd;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    LoadedDomains loaded() {
        return loaded;
    }

    OtherKeys other() {
        return other;
    }

    /** Lets it happen, and waits until the server has in force what etcd holds. */
    FaultResult run(FaultCycle cycle) throws Exception {
        SteadyLoad.Count before = load.count();
        long ended = cycle.befall(this);
        requireSamePort();
        probe.awaitRevision(mark(cycle), LONGEST);
        Duration inForce = Duration.ofNanos(System.nanoTime() - ended);
        Duration equal = awaitEqual();
        return new FaultResult(cycle, inForce, equal, load.count().minus(before));
    }

    /** What clients and the log complain of. */
    List<String> complaints() {
        Stream<String> severe = server.output().lines().filter(line -> line.contains("SEVERE"));
        return Stream.concat(load.faults().stream(), severe.limit(5)).toList();
    }

    /** What has been done and what the server takes, for people. */
    String summary() throws Exception {
        return writers + "; the server: " + server.footprint();
    }

    @Override
    public void close() {
        parts.close();
    }

    /** Writes one more key, as an operator does, and returns its revision. */
    private long mark(FaultCycle cycle) throws Exception {
        String document = Documents.toBackend("some0", cycle.number());
        String answer = etcd.etcdctl("put", "/ELB/rules/marker.local", document, "-w", "json");
        Matcher revision = REVISION.matcher(answer);
        if (!revision.find()) {
            throw new AssertionError("no revision: " + answer);
        }
        return Long.parseLong(revision.group(1));
    }

    private Duration awaitEqual() throws Exception {
        writers.makeWait();
        try {
            long begun = System.nanoTime();
            StoredConfig truth = store.load();
            probe.awaitState(truth, LONGEST);
            probe.awaitRevision(lastWrite(truth), LONGEST);
            loaded.confirm(truth);
            return Duration.ofNanos(System.nanoTime() - begun);
        } finally {
            writers.goOn();
        }
    }

    private static long lastWrite(StoredConfig truth) {
        return truth.entries().values().stream()
                .mapToLong(StoredValue::modRevision)
                .max()
                .orElse(0);
    }

    /** The forwarder knows only one. */
    private void requireSamePort() throws StoreException {
        if (etcd.port() != etcdPort) {
            throw new StoreException("another process took etcd's port while it was down");
        }
    }
}
