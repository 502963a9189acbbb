package io.erulb.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The results of a run, as a table in Markdown. For one thread. */
final class FaultReport {
    private static final int BETWEEN_TABLES = 100;
    private static final int FEW = 20;

    private final int cycles;
    private final List<FaultResult> results = new ArrayList<>();

    FaultReport(int cycles) {
        this.cycles = cycles;
    }

    /** Keeps a result and now and then prints how far the run is. */
    void add(FaultResult result) {
        results.add(result);
        if (cycles <= FEW || result.isLate()) {
            print("%s", result);
        }
        if (results.size() % 10 == 0) {
            SteadyLoad.Count all = requests(results);
            print("%d of %d cycles, %d requests, %d failed", results.size(), cycles, all.sent(), all.failed());
            if (results.size() % BETWEEN_TABLES == 0 && results.size() < cycles) {
                print("%n%n%s", table());
            }
        }
    }

    /** The cycles after which something took too long. */
    List<String> late() {
        return results.stream()
                .filter(FaultResult::isLate)
                .map(FaultResult::toString)
                .toList();
    }

    SteadyLoad.Count requests() {
        return requests(results);
    }

    /** One line for each kind of fault, and one for all. */
    String table() {
        Map<String, List<FaultResult>> kinds = new TreeMap<>();
        results.forEach(result -> kinds.computeIfAbsent(result.cycle().kind(), kind -> new ArrayList<>())
                .add(result));
        StringBuilder table = new StringBuilder("| fault | cycles | in force, median | worst | promised"
                + " | all equal, worst | requests | failed | 404 |\n|---|---|---|---|---|---|---|---|---|\n");
        kinds.forEach((kind, of) -> table.append(line(kind, of)));
        return table.append(line("all", results)).toString();
    }

    private static String line(String kind, List<FaultResult> of) {
        List<Duration> inForce = of.stream().map(FaultResult::inForce).sorted().toList();
        Duration equal = of.stream().map(FaultResult::equal).reduce(Duration.ZERO, FaultReport::longer);
        SteadyLoad.Count count = requests(of);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f s | %.2f s | %s | %.2f s | %,d | %d | %d |%n",
                kind,
                of.size(),
                seconds(inForce.get(of.size() / 2)),
                seconds(inForce.get(of.size() - 1)),
                kind.equals("all") ? "" : of.get(0).cycle().bound().toSeconds() + " s",
                seconds(equal),
                count.sent(),
                count.failed(),
                count.withoutDomain());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static SteadyLoad.Count requests(List<FaultResult> of) {
        return of.stream().map(FaultResult::requests).reduce(new SteadyLoad.Count(0, 0, 0), SteadyLoad.Count::plus);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, "faults: " + format + "%n", values);
    }
}
