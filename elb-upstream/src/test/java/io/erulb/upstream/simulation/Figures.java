package io.erulb.upstream.simulation;

import static io.erulb.upstream.simulation.Scenarios.balancer;
import static io.erulb.upstream.simulation.Scenarios.budget;
import static io.erulb.upstream.simulation.Scenarios.ejecting;
import static io.erulb.upstream.simulation.Scenarios.hedging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of docs/balancing.md: what each balancer and policy comes to. */
final class Figures {
    static final String HEADER = "| balancer | policy | median | p99 | failed | load |";
    private static final List<String> TYPES = List.of("round_robin", "random", "least_conn", "p2c");

    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    /** Runs every simulation. */
    Figures() {
        for (String type : TYPES) {
            outcomes.put(row(type, "none"), Scenarios.oneSlowOneFailing(balancer(type), "max_fails=0", 1));
        }
        for (String type : TYPES) {
            outcomes.put(
                    row(type, "ejection"), Scenarios.oneSlowOneFailing(ejecting(balancer(type)), "max_fails=0", 1));
        }
        for (String type : TYPES) {
            outcomes.put(row(type, "`max_fails=1`, 3 tries"), Scenarios.oneSlowOneFailing(balancer(type), "", 3));
        }
        for (String type : TYPES) {
            outcomes.put(row(type, "hedging"), Scenarios.oneSlowOneFailing(hedging(balancer(type)), "max_fails=0", 1));
        }
        outcomes.put(row("round_robin", "3 tries, all servers fail"), Scenarios.outage(balancer("round_robin"), 3));
        outcomes.put(
                row("round_robin", "the same with a budget of 10 %"),
                Scenarios.outage(budget(balancer("round_robin"), 10), 3));
    }

    private static String row(String type, String policy) {
        return "`" + type + "` | " + policy;
    }

    Outcome outcome(String type, String policy) {
        Outcome outcome = outcomes.get(row(type, policy));
        if (outcome == null) {
            throw new IllegalArgumentException(type + " " + policy);
        }
        return outcome;
    }

    /** The lines of the table. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(HEADER, "|---|---|---|---|---|---|"));
        outcomes.forEach((row, outcome) -> lines.add(String.format(
                Locale.ROOT,
                "| %s | %.1f ms | %.0f ms | %.2f %% | %.2f |",
                row,
                outcome.millis(0.5),
                outcome.millis(0.99),
                outcome.failedPercent(),
                outcome.load())));
        return lines;
    }
}
