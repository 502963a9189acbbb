import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** 5,000 domains of 20 rules, with an upstream of two servers each: the start, a change, and the memory of one of them. */
final class ScaleScene {
    static final int DOMAINS = 5_000;
    static final int RULES = 20;
    private static final int CHANGES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Place place;
    private final Report report;
    private final Random random = new Random(1);

    ScaleScene(Place place, Report report) {
        this.place = place;
        this.report = report;
    }

    void run() throws Exception {
        try (Etcd etcd = Etcd.start(place)) {
            Memory empty = empty();
            Map<String, String> all = Documents.all(DOMAINS, RULES);
            long revision = etcd.putAll(all);
            report.note(
                    "scale: written to etcd",
                    "%,d domains of %d rules and as many upstreams of 2 servers, %,d kB of values",
                    DOMAINS,
                    RULES,
                    all.values().stream().mapToInt(String::length).sum() / 1000);
            try (Elb elb = timedStart(revision);
                    Probe probe = elb.connect()) {
                askAll(probe);
                report(elb.memory(), empty);
                change(etcd, probe);
                cost(etcd, elb);
            }
        }
    }

    private Memory empty() throws Exception {
        try (Elb elb = Elb.start(place)) {
            return elb.memory();
        }
    }

    /** In force is what a request was answered by; all of the start's configuration comes in one table. */
    private Elb timedStart(long revision) throws Exception {
        long begun = System.nanoTime();
        Elb elb = Elb.launch(place);
        try (Probe probe = elb.connect()) {
            double listening = (System.nanoTime() - begun) / 1e9;
            probe.await(Documents.domain(DOMAINS - 1), "/version", "0", PATIENCE.toNanos());
            double seconds = (System.nanoTime() - begun) / 1e9;
            JsonObject status = elb.awaitRevision(revision, PATIENCE);
            boolean whole = status.get("domains").getAsInt() == DOMAINS
                    && status.get("upstreams").getAsInt() == DOMAINS
                    && status.get("problems").getAsJsonArray().isEmpty();
            report.note("scale: after the start it listened", "%.2f s", listening);
            report.promise(
                    "scale: everything in force 5 s after the start",
                    String.format("%.2f s%s", seconds, whole ? "" : ", but not everything: " + status),
                    seconds < 5 && whole);
            return elb;
        } catch (Exception e) {
            elb.close();
            throw e;
        }
    }

    private static void askAll(Probe probe) throws IOException {
        for (int i = 0; i < DOMAINS; i++) {
            String answer = probe.get(Documents.domain(i), "/version");
            if (!answer.equals("0")) {
                throw new IOException(Documents.domain(i) + " answers " + answer);
            }
        }
    }

    private void report(Memory full, Memory empty) {
        report.note(
                "scale: memory of a domain with its upstream",
                "%.1f KiB alive in the heap (%.1f MiB in all, %.1f without any), resident %.1f KiB (%.0f MiB, %.0f)",
                (full.heapKib() - empty.heapKib()) / (double) DOMAINS,
                full.heapKib() / 1024.0,
                empty.heapKib() / 1024.0,
                (full.rssKib() - empty.rssKib()) / (double) DOMAINS,
                full.rssKib() / 1024.0,
                empty.rssKib() / 1024.0);
    }

    private void change(Etcd etcd, Probe probe) throws Exception {
        TimedChanges changes = new TimedChanges(probe, CHANGES);
        for (int i = 1; i <= CHANGES; i++) {
            int domain = random.nextInt(DOMAINS);
            String document = Documents.document(domain, RULES, i);
            changes.make(
                    () -> etcd.put(Documents.ruleKey(domain), document),
                    Documents.domain(domain),
                    "/version",
                    Integer.toString(i));
        }
        Times times = changes.sinceSent();
        report.promise("scale: a change of one domain in force in 100 ms, each", times.toString(), times.worst() < 100);
    }

    /** Without requests: what they cost is not the change's. */
    private void cost(Etcd etcd, Elb elb) throws Exception {
        ChangeStream stream = new ChangeStream(etcd, random, false);
        stream.run(Duration.ofSeconds(5));
        report.note("scale: processor time of a change", "%.2f ms", cpuPerChange(stream, elb, Duration.ofSeconds(20)));
    }

    private static double cpuPerChange(ChangeStream stream, Elb elb, Duration time) throws Exception {
        long idle = -elb.cpuMillis();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        idle += elb.cpuMillis();
        long busy = -elb.cpuMillis();
        int made = stream.run(time);
        busy += elb.cpuMillis();
        return (busy - idle) / (double) made;
    }
}
