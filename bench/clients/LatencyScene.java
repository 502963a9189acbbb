/**
 * From a write to etcd to the first request that goes by it: a domain's document and a server of an upstream in turn, one
 * key each.
 */
final class LatencyScene {
    private static final int CHANGES = 1_000;
    private static final int RULES = 20;
    private static final String HOST = Documents.domain(0);
    private static final String SERVER = "upstreams/changing/127.0.0.1:";

    private final Place place;
    private final Report report;

    LatencyScene(Place place, Report report) {
        this.place = place;
        this.report = report;
    }

    void run() throws Exception {
        try (Etcd etcd = Etcd.start(place)) {
            etcd.put(SERVER + place.backend(0), "backup").get();
            etcd.put(SERVER + place.backend(1), "").get();
            etcd.put("rules/" + HOST, document(0)).get();
            try (Elb elb = Elb.start(place);
                    Probe probe = elb.connect()) {
                TimedChanges changes = new TimedChanges(probe, CHANGES);
                for (int i = 1; i <= CHANGES / 2; i++) {
                    changeDomain(changes, etcd, i);
                    changeServer(changes, etcd, i % 2 == 1);
                }
                report(changes);
            }
        }
    }

    private static String document(int version) {
        return Documents.document("changing", 0, RULES, version);
    }

    private static void changeDomain(TimedChanges changes, Etcd etcd, int version) throws Exception {
        changes.make(
                () -> etcd.put("rules/" + HOST, document(version)), HOST, "/version", Integer.toString(version));
    }

    /** The first backend has the requests while the second one is down. */
    private void changeServer(TimedChanges changes, Etcd etcd, boolean down) throws Exception {
        String answering = Integer.toString(place.backend(down ? 0 : 1));
        changes.make(() -> etcd.put(SERVER + place.backend(1), down ? "down" : ""), HOST, "/port", answering);
    }

    private void report(TimedChanges changes) {
        Times times = changes.sinceSent();
        report.note("latency: from etcd's answer to the first request by the change", "%s", changes.sinceWritten());
        report.promise("latency: in force 50 ms after it was sent to etcd, median", times.toString(), times.median() < 50);
        report.promise("latency: in force 1 s after it was sent to etcd, each", times.toString(), times.worst() < 1_000);
    }
}
