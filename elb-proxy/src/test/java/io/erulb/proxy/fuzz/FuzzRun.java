package io.erulb.proxy.fuzz;

import io.erulb.proxy.fuzz.Case.Kind;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Runs a range of cases through one proxy, by some clients at a time. */
final class FuzzRun {
    private static final int CLIENTS = 8;
    private static final int SERVERS = 4;

    private final Kind kind;
    private final long seed;
    private final AtomicLong next;
    private final long end;
    private final Findings findings = new Findings();
    private final Cases cases = new Cases(findings);

    FuzzRun(Kind kind, long seed, long from, long count) {
        this.kind = kind;
        this.seed = seed;
        this.next = new AtomicLong(from);
        this.end = from + count;
    }

    /** What it did so far. */
    Cases cases() {
        return cases;
    }

    /** Opens once what the JVM and the libraries open once and for all, so that it does not pass for a leak. */
    static void warmUp() throws IOException, InterruptedException {
        for (Kind kind : Kind.values()) {
            new FuzzRun(kind, 1, 0, 10).through();
        }
    }

    /** Runs them; returns what was found. */
    List<String> run() throws IOException, InterruptedException {
        int before = descriptors();
        try (FaultWatch watch = new FaultWatch()) {
            through();
            watch.faults().forEach(fault -> findings.add("a fault was logged or thrown: " + Traces.text(fault)));
        }
        FuzzProxy.settles("file descriptors were leaked", () -> Math.max(0, descriptors() - before), findings);
        return findings.texts();
    }

    private void through() throws IOException, InterruptedException {
        List<FuzzServer> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(new FuzzServer(cases));
        }
        FuzzProxy proxy = new FuzzProxy(servers);
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Thread(() -> client(proxy.port()), "fuzz-client-" + i))
                .toList();
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        proxy.close(servers, findings);
        for (FuzzServer server : servers) {
            server.close();
        }
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    private void client(int port) {
        ClientSide connection = null;
        try {
            for (long n = next.getAndIncrement(); n < end && !findings.areEnough(); n = next.getAndIncrement()) {
                if (connection == null) {
                    connection = new ClientSide(cases, port);
                }
                if (!connection.run(new Case(kind, seed, n))) {
                    connection.close();
                    connection = null;
                }
            }
            if (connection != null) {
                connection.close();
            }
        } catch (IOException | RuntimeException e) {
            findings.add("a fault of the client: " + Traces.text(e));
        }
    }
}
