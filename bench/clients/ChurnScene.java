import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A great many changes under load, ten to upstreams for each to a domain, each a revision of its own, sixteen under way at
 * a time: whether ELB grows, and whether what is in force is what was written.
 */
final class ChurnScene {
    private static final int LANES = 16;
    private static final int OF_A_LANE = 110;
    private static final int LOOKS = 12;

    /** What is written past ELB waits up to 10 s to be kept in the history, and is no growth. */
    private static final long REST_SECONDS = 15;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Place place;
    private final Report report;
    private final int batchesBetweenLooks;
    private final List<Lane> lanes = new ArrayList<>();
    private final Growth growth = new Growth();
    private long made;

    ChurnScene(Place place, Report report, int changes) {
        this.place = place;
        this.report = report;
        this.batchesBetweenLooks = (int) Math.ceil(changes / (double) (LOOKS * LANES * OF_A_LANE));
    }

    void run() throws Exception {
        try (Etcd etcd = Etcd.start(place)) {
            Map<String, String> steady = Map.of(
                    "upstreams/steady/127.0.0.1:" + place.backend(0), "",
                    "rules/bench.local", Documents.document("steady", 0, 3, 0));
            long revision = etcd.putAll(steady);
            for (int i = 0; i < LANES; i++) {
                lanes.add(new Lane(etcd, i));
            }
            try (Elb elb = Elb.start(place);
                    Probe probe = elb.connect();
                    Requests requests = new Requests(place.elb())) {
                long first = tables(elb, revision);
                long last = churn(elb, probe, first);
                report(last - first, requests);
                compare(steady, elb);
            }
        }
        growth.report(report);
    }

    /** How many tables there were when a revision was in force. */
    private static long tables(Elb elb, long revision) throws Exception {
        return elb.awaitRevision(revision, PATIENCE).get("version").getAsLong();
    }

    private long churn(Elb elb, Probe probe, long first) throws Exception {
        long begun = System.nanoTime();
        long tables = first;
        for (int look = 1; look <= LOOKS; look++) {
            for (int batch = 0; batch < batchesBetweenLooks; batch++) {
                tables = tables(elb, changeAll());
                askNewDomains(probe);
            }
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            Growth.Look now = growth.look(elb);
            double seconds = (System.nanoTime() - begun) / 1e9;
            report.note("churn", "%4.0f s, %,9d changes, %,9d tables, %s", seconds, made, tables - first, now);
        }
        return tables;
    }

    /** A batch of each lane; answers the last revision. What is behind can't grow further than by this. */
    private long changeAll() throws Exception {
        List<CompletableFuture<Long>> changes =
                lanes.stream().map(lane -> lane.change(OF_A_LANE)).toList();
        long last = 0;
        for (CompletableFuture<Long> change : changes) {
            last = Math.max(last, change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            made += OF_A_LANE;
        }
        return last;
    }

    private void askNewDomains(Probe probe) throws IOException {
        for (Lane lane : lanes) {
            String answer = probe.get(lane.lastDomain(), "/version");
            if (lane.lastVersion() > 0 && !answer.equals(Integer.toString(lane.lastVersion()))) {
                throw new IOException(lane.lastDomain() + " answers " + answer + " and not " + lane.lastVersion());
            }
        }
    }

    private void report(long tables, Requests requests) {
        // Changes that come together are one table.
        report.note("churn: tables in force", "%,d of %,d changes", tables, made);
        report.promise(
                "churn: no request failed",
                String.format(Locale.ROOT, "%,d answered, %,d failed", requests.answered(), requests.failed()),
                requests.failed() == 0);
    }

    private void compare(Map<String, String> steady, Elb elb) throws Exception {
        Map<String, String> wanted = new TreeMap<>(steady);
        lanes.forEach(lane -> wanted.putAll(lane.values()));
        wanted.replaceAll((key, value) -> key.startsWith("rules/") ? JsonParser.parseString(value).toString() : value);
        Map<String, String> found = inForce(elb.admin("config"));
        report.promise(
                "churn: what is in force at the end is what was written last",
                wanted.equals(found) ? wanted.size() + " keys" : "wanted " + wanted + ", found " + found,
                wanted.equals(found));
    }

    private static Map<String, String> inForce(JsonObject config) {
        Map<String, String> values = new TreeMap<>();
        JsonObject domains = config.getAsJsonObject("domains");
        domains.keySet().forEach(name -> values.put("rules/" + name, domains.get(name).toString()));
        JsonObject upstreams = config.getAsJsonObject("upstreams");
        for (String name : upstreams.keySet()) {
            JsonObject servers = upstreams.getAsJsonObject(name);
            servers.keySet().forEach(server ->
                    values.put("upstreams/" + name + '/' + server, servers.get(server).getAsString()));
        }
        return values;
    }
}
