import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * The times of a steady load while 50 changes a second are made among 5,000 domains, beside those while the same is
 * written to etcd where ELB does not look: what etcd and the writer take from the machine is in both, and the difference
 * is ELB's. Windows of both kinds and quiet ones alternate.
 */
final class StepsScene {
    private static final int ROUNDS = 6;
    private static final int SECONDS = 10;
    private static final int WARM_SECONDS = 180;
    private static final double MOST_FACTOR = 1.25;
    private static final double MOST_MORE_MILLIS = 0.3;

    private final Place place;
    private final Report report;
    private final Map<Writes, List<SteadyLoad>> windows = new EnumMap<>(Writes.class);

    StepsScene(Place place, Report report) {
        this.place = place;
        this.report = report;
    }

    /** What is written while a window lasts. */
    private enum Writes {
        NONE,
        ELSEWHERE,
        CHANGES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void run() throws Exception {
        try (Etcd etcd = Etcd.start(place)) {
            etcd.put("upstreams/steady/127.0.0.1:" + place.backend(0), "").get();
            etcd.put("rules/bench.local", Documents.document("steady", 0, ScaleScene.RULES, 0))
                    .get();
            long revision = etcd.putAll(Documents.all(ScaleScene.DOMAINS, ScaleScene.RULES));
            try (Elb elb = Elb.start(place)) {
                elb.awaitRevision(revision, Duration.ofMinutes(1));
                alternate(etcd);
            }
        }
        report();
    }

    private void alternate(Etcd etcd) throws Exception {
        Map<Writes, ChangeStream> streams = Map.of(
                Writes.ELSEWHERE, new ChangeStream(etcd, new Random(1), true),
                Writes.CHANGES, new ChangeStream(etcd, new Random(1), false));
        window(streams.get(Writes.CHANGES), WARM_SECONDS);
        List<Writes> order = new ArrayList<>(List.of(Writes.values()));
        for (int round = 0; round < ROUNDS; round++) {
            for (Writes writes : order) {
                SteadyLoad window = window(streams.get(writes), SECONDS);
                report.note("steps: writes " + writes, "%s", window);
                windows.computeIfAbsent(writes, first -> new ArrayList<>()).add(window);
            }
            // Every other round goes backwards, so that a machine that slows down favours nobody.
            Collections.reverse(order);
        }
    }

    private SteadyLoad window(ChangeStream stream, int seconds) throws Exception {
        return SteadyLoad.during(place, seconds, () -> {
            if (stream != null) {
                stream.run(Duration.ofSeconds(seconds));
            }
        });
    }

    private void report() {
        for (Writes writes : Writes.values()) {
            report.note(
                    "steps: medians, writes " + writes,
                    "p50 %.2f ms, p99 %.2f ms",
                    median(writes, SteadyLoad::median),
                    median(writes, SteadyLoad::p99));
        }
        double without = median(Writes.ELSEWHERE, SteadyLoad::p99);
        double with = median(Writes.CHANGES, SteadyLoad::p99);
        int errors = windows.get(Writes.CHANGES).stream().mapToInt(SteadyLoad::errors).sum();
        report.promise(
                String.format(Locale.ROOT, "steps: p99 with changes at most %.2f times that without and %.1f ms, no errors",
                        MOST_FACTOR, MOST_MORE_MILLIS),
                String.format(Locale.ROOT, "%.2f ms with, %.2f ms without, %d errors", with, without, errors),
                with <= MOST_FACTOR * without + MOST_MORE_MILLIS && errors == 0);
    }

    private double median(Writes writes, ToIntFunction<SteadyLoad> figure) {
        int[] sorted = windows.get(writes).stream().mapToInt(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2e3;
    }
}
