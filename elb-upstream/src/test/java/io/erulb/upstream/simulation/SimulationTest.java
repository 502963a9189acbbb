package io.erulb.upstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.HealthOptions;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What balancers and policies come to under load, in a time that is a number. Figures are printed. */
final class SimulationTest {
    private static final Path PAGE = Path.of("../docs/balancing.md");

    /** Logarithms differ in their last bit from Java to Java, and with them what happens by chance. */
    private static final double TOLERANCE = 0.25;

    private static Figures figures;

    @BeforeAll
    static void simulate() {
        figures = new Figures();
        figures.lines().forEach(System.out::println);
    }

    private static double p99(String type) {
        return figures.outcome(type, "none").millis(0.99);
    }

    @Test
    void twoChoicesAreThreeTimesAsQuickAtTheEndAsRoundRobin() {
        assertThat(p99("p2c") * 3).isLessThan(p99("round_robin"));
    }

    @Test
    void theFewestAttemptsAreThreeTimesAsQuickAtTheEndAsRoundRobin() {
        assertThat(p99("least_conn") * 3).isLessThan(p99("round_robin"));
    }

    @Test
    void ejectionBringsFailuresBelowOneInAHundred() {
        for (String type : List.of("round_robin", "random", "least_conn", "p2c")) {
            assertThat(figures.outcome(type, "none").failedPercent()).as(type).isGreaterThan(1);
            assertThat(figures.outcome(type, "ejection").failedPercent())
                    .as(type)
                    .isLessThan(1);
        }
    }

    @Test
    void hedgingShortensTheTailForOneTryMoreInTen() {
        for (String type : List.of("round_robin", "random", "least_conn", "p2c")) {
            Outcome hedged = figures.outcome(type, "hedging");
            assertThat(hedged.millis(0.99)).as(type).isLessThan(0.9 * p99(type));
            assertThat(hedged.load()).as(type).isLessThan(1.11);
        }
    }

    @Test
    void aBudgetKeepsAnOutageFromBeingMadeWorse() {
        assertThat(figures.outcome("round_robin", "3 tries, all servers fail").load())
                .isCloseTo(3, within(0.01));
        assertThat(figures.outcome("round_robin", "the same with a budget of 10 %")
                        .load())
                .isLessThan(1.2);
    }

    @Test
    void slowStartIsARamp() {
        TestClock clock = new TestClock();
        UpstreamOptions options =
                Servers.options(clock).withHealth(HealthOptions.defaults().withSlowStart(Duration.ofSeconds(30)));
        Upstream upstream =
                Upstream.of("up", Servers.of("a", "b", "c"), options).with(Servers.of("a", "b", "c", "d"));

        List<String> ramp = new ArrayList<>();
        for (int second = 0; second <= 30; second += 5) {
            int hits = 0;
            for (int i = 0; i < 1000; i++) {
                Attempt attempt = Servers.pick(upstream, null);
                hits += Servers.host(attempt).equals("d") ? 1 : 0;
                attempt.succeeded();
            }
            ramp.add(String.format(Locale.ROOT, "%d s %.1f %%", second, hits / 10.0));
            clock.passSeconds(5);
        }

        System.out.println("slow start: " + String.join(", ", ramp));
        assertThat(ramp)
                .containsExactly(
                        "0 s 3.2 %",
                        "5 s 5.1 %", "10 s 9.9 %", "15 s 14.3 %", "20 s 18.0 %", "25 s 21.7 %", "30 s 25.0 %");
    }

    /** With {@code -Dsimulation.write=true} the page gets the figures, else it must have them. */
    @Test
    void thePageHasTheFigures() throws IOException {
        List<String> page = new ArrayList<>(Files.readAllLines(PAGE));
        int start = page.indexOf(Figures.HEADER);
        assertThat(start).isNotNegative();
        List<String> lines = figures.lines();
        if (Boolean.getBoolean("simulation.write")) {
            page.subList(start, start + lines.size()).clear();
            page.addAll(start, lines);
            Files.write(PAGE, page);
        }

        for (int row = 2; row < lines.size(); row++) {
            String[] told = page.get(start + row).split(" *\\| *", -1);
            String[] found = lines.get(row).split(" *\\| *", -1);
            assertThat(told[1] + told[2]).isEqualTo(found[1] + found[2]);
            for (int column = 3; column < found.length - 1; column++) {
                double figure = number(found[column]);
                assertThat(number(told[column]))
                        .as("%s, column %s", lines.get(row), column)
                        .isCloseTo(figure, within(figure * TOLERANCE + 0.1));
            }
        }
    }

    private static double number(String cell) {
        return Double.parseDouble(cell.replaceAll("[^0-9.]", ""));
    }
}
