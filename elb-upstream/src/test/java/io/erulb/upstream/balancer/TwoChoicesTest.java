package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The better of two by chance, by how long answers took and how many are under way. */
final class TwoChoicesTest {
    private static final long MILLI = 1_000_000;
    private static final int PICKS = 20_000;

    private final TestClock clock = new TestClock();

    @Test
    void equalServersShareByTheirWeights() {
        Map<String, Integer> counts = counts(upstream("a weight=2", "b", "c"));

        // Of two that are drawn by weight, the heavier one promises more too.
        assertThat(counts.get("a")).isGreaterThan(PICKS / 2);
        assertThat(counts.get("b")).isCloseTo(counts.get("c"), Percentage.withPercentage(10));
    }

    @Test
    void aSlowServerIsTakenOnlyWhenItIsDrawnTwice() {
        Upstream upstream = upstream("a", "b", "c", "d", "e");
        for (String host : List.of("a", "b", "c", "d", "e")) {
            answer(upstream, host, host.equals("a") ? 100 : 10);
        }

        assertThat(counts(upstream).getOrDefault("a", 0)).isCloseTo(PICKS / 25, Percentage.withPercentage(15));
    }

    @Test
    void aQuickServerIsTakenUntilItIsBusyEnoughToBeSlow() {
        Upstream upstream = upstream("a", "b");
        answer(upstream, "a", 10);
        answer(upstream, "b", 40);

        List<Attempt> held = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            held.add(Servers.pick(upstream, null));
        }

        // A quarter is drawn twice as b, and has to go there; of what is left none does.
        assertThat(held.stream().map(Servers::host).filter("a"::equals)).hasSizeBetween(350, 400);
        held.forEach(Attempt::succeeded);
    }

    @Test
    void aSlowServerIsTriedAgainAfterAWhile() {
        Upstream upstream = upstream("a", "b", "c", "d", "e");
        answer(upstream, "a", 1_000);
        for (int i = 0; i < 40; i++) {
            clock.passSeconds(3);
            for (String host : List.of("b", "c", "d", "e")) {
                answer(upstream, host, 10);
            }
        }

        assertThat(counts(upstream).get("a")).isGreaterThan(PICKS / 5);
    }

    private static void answer(Upstream upstream, String host, int millis) {
        Attempt attempt = Servers.pickAt(upstream, host);
        attempt.answered(200, millis * MILLI);
        attempt.succeeded();
    }

    private static Map<String, Integer> counts(Upstream upstream) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < PICKS; i++) {
            Attempt attempt = Servers.pick(upstream, null);
            counts.merge(Servers.host(attempt), 1, Integer::sum);
            attempt.succeeded();
        }
        return counts;
    }

    private Upstream upstream(String... servers) {
        UpstreamOptions options = UpstreamOptions.defaults()
                .withNanoClock(clock)
                .withRandom(new Random(17))
                .withBalancer(new TwoChoicesProvider());
        return Upstream.of("up", Servers.of(servers), options);
    }
}
