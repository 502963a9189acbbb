import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What {@code bench/limits} runs: the server's jar under clients that hold on to things, with one line per promise.
 *
 * <p>Memory is what the process's resident set grew by, plus what the live heap (after a collection) grew by. The heap
 * has a fixed size and is touched before, so that the first figure has no heap in it and the second counts no garbage.
 */
final class Limits {
    private final Path jar;
    private boolean failed;

    private Limits(Path jar) {
        this.jar = jar;
    }

    public static void main(String[] arguments) throws Exception {
        Limits limits = new Limits(Path.of(arguments[0]));
        List<String> parts = List.of(arguments).subList(1, arguments.length);
        if (parts.isEmpty() || parts.contains("slow")) {
            limits.slowClients();
        }
        if (parts.isEmpty() || parts.contains("descriptors")) {
            limits.outOfDescriptors();
        }
        if (parts.isEmpty() || parts.contains("idle")) {
            limits.idleConnections();
        }
        System.exit(limits.failed ? 1 : 0);
    }

    private void slowClients() throws Exception {
        try (Backend backend = new Backend();
                Server server = Server.start(jar, backend, 4096, Map.of())) {
            warmUp(server);
            Memory before = server.memory();
            Probes probes = new Probes(server.port());
            try (SlowClients slow = new SlowClients(server.port());
                    Peak peak = new Peak(server)) {
                Thread probing = new Thread(() -> probes.run(Duration.ofSeconds(20)));
                probing.start();
                slow.openAll();
                probing.join();
                int held = slow.held();
                Memory during = server.memory();
                long outside = peak.rssKib() - before.rssKib();
                long inside = during.heapKib() - before.heapKib();
                report(
                        "slow clients: 200 slow heads, 100 stuck bodies, 30 slow readers held to the end",
                        held + " of 330",
                        held == 330);
                report(
                        "slow clients: other requests under 100 ms",
                        probes.summary(),
                        probes.max() < 100 && probes.errors() == 0);
                report(
                        "slow clients: memory grows by less than 150 MB",
                        mib(outside + inside) + " (" + mib(outside) + " outside the heap, " + mib(inside) + " in it)",
                        outside + inside < 150 * 1024);
            }
        }
    }

    private void outOfDescriptors() throws Exception {
        try (Backend backend = new Backend();
                Server server = Server.start(jar, backend, 200, Map.of())) {
            warmUp(server);
            for (int seconds : new int[] {2, 4, 8}) {
                outOfDescriptors(server, Duration.ofSeconds(seconds));
            }
        }
    }

    private void outOfDescriptors(Server server, Duration time) throws Exception {
        String name = "descriptors: all 200 in use for " + time.toSeconds() + " s, ";
        List<Socket> hoard = new ArrayList<>();
        try (Client early = new Client(server.port())) {
            early.get("/small");
            for (int i = 0; i < 400; i++) {
                hoard.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            // Being connected to is work; what comes then should be none.
            Thread.sleep(1_000);
            double share = server.cpuShare(time.minusSeconds(1));
            report(name + "alive, no spin (under 20 % of a core)", percent(share), server.isAlive() && share < 0.2);
            boolean served = server.descriptors() == 200 && early.get("/respond") == 200 && early.get("/small") == 200;
            report(name + "a connection accepted before is served", served ? "yes" : "no", served);
        }
        long released = System.nanoTime();
        hoard.forEach(Limits::closeQuietly);
        long nanos = untilServed(server.port(), "/small") - released;
        report(name + "serving 2 s after some are free", millis(nanos), nanos < 2_000_000_000L);
    }

    /** When a new connection's request to a server was answered, for at most 20 s. */
    private static long untilServed(int port, String target) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try (Client client = new Client(port)) {
                if (client.patience(500).get(target) == 200) {
                    return System.nanoTime();
                }
            } catch (IOException notYet) {
                Thread.sleep(10);
            }
        }
        return Long.MAX_VALUE;
    }

    private void idleConnections() throws Exception {
        int count = 10_000;
        try (Backend backend = new Backend();
                Server server = Server.start(jar, backend, 12_000, Map.of("CLIENT_KEEPALIVE_TIMEOUT", "10m"))) {
            warmUp(server);
            hold(server.port(), 100).forEach(Limits::closeQuietly);
            Memory before = server.memory();
            List<Socket> idle = hold(server.port(), count);
            double share = server.cpuShare(Duration.ofSeconds(20));
            Memory after = server.memory();
            long outside = after.rssKib() - before.rssKib();
            long inside = after.heapKib() - before.heapKib();
            double each = (outside + inside) / (double) count;
            report(
                    "idle: 10,000 connections held, each having been served once",
                    server.descriptors() + " descriptors",
                    server.descriptors() >= count);
            report(
                    "idle: at most 8 kB of memory each",
                    String.format(
                            Locale.ROOT,
                            "%.2f KiB (%.2f outside the heap, %.2f in it)",
                            each,
                            outside / (double) count,
                            inside / (double) count),
                    each <= 8);
            report("idle: under 1 % of a core over 20 s", percent(share), share < 0.01);
            idle.forEach(Limits::closeQuietly);
        }
    }

    /** Connections from 127.0.0.2 and on, a thousand each, that were served a request each. */
    private static List<Socket> hold(int port, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress("127.0.0." + (2 + i / 1000), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Client client = new Client(socket);
            if (client.get("/small") != 200) {
                throw new IOException("not served");
            }
            sockets.add(socket);
        }
        return sockets;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    /** Requests of every kind on four connections, until the code they need is compiled. */
    private static void warmUp(Server server) throws Exception {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(CompletableFuture.runAsync(() -> warmUp(server.port()), each -> new Thread(each).start()));
        }
        running.forEach(CompletableFuture::join);
    }

    private static void warmUp(int port) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (Client client = new Client(port)) {
            for (int i = 0; System.nanoTime() < end; i++) {
                client.get(i % 500 == 0 ? "/big" : i % 10 == 0 ? "/respond" : "/small");
                if (i % 10 == 0) {
                    client.post("/upload", 100_000);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(String promise, String figure, boolean kept) {
        failed |= !kept;
        System.out.printf("%-4s  %s: %s%n", kept ? "PASS" : "FAIL", promise, figure);
    }

    private static String mib(long kib) {
        return String.format(Locale.ROOT, "%.1f MiB", kib / 1024.0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    private static String millis(long nanos) {
        return nanos > Duration.ofSeconds(20).toNanos() ? "never" : nanos / 1_000_000 + " ms";
    }
}
