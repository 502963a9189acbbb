package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Each server as often as its weight says, by chance. */
final class WeightedRandomTest {
    private static final int PICKS = 70_000;

    @Test
    void sharesByTheWeights() {
        Map<String, Integer> counts = counts(upstream("a weight=5", "b", "c"), null);

        assertThat(counts.get("a")).isCloseTo(PICKS / 7 * 5, Percentage.withPercentage(2));
        assertThat(counts.get("b")).isCloseTo(PICKS / 7, Percentage.withPercentage(4));
        assertThat(counts.get("c")).isCloseTo(PICKS / 7, Percentage.withPercentage(4));
    }

    @Test
    void sharesTheRetriesOfAServerByTheOthersWeights() {
        Upstream upstream = upstream("a weight=5", "b weight=3", "c");
        Attempt tried = Servers.pickAt(upstream, "a");

        Map<String, Integer> counts = counts(upstream, tried);

        assertThat(counts).containsOnlyKeys("b", "c");
        assertThat(counts.get("b")).isCloseTo(PICKS / 4 * 3, Percentage.withPercentage(2));
        assertThat(counts.get("c")).isCloseTo(PICKS / 4, Percentage.withPercentage(4));
        tried.succeeded();
    }

    @Test
    void doesNotGoRoundInTurn() {
        String[] picks = Servers.picks(upstream("a", "b"), 1_000).split(" ", -1);
        int again = 0;
        for (int i = 1; i < picks.length; i++) {
            again += picks[i].equals(picks[i - 1]) ? 1 : 0;
        }

        assertThat(again).isBetween(420, 580);
    }

    @Test
    void findsNobodyWhenAllAreFull() {
        Upstream upstream = upstream("a max_conns=1", "b max_conns=1");
        Attempt one = Servers.pick(upstream, null);
        Attempt other = Servers.pick(upstream, null);

        assertThat(upstream.pick(null)).isNull();

        one.succeeded();
        assertThat(Servers.host(Servers.pick(upstream, null))).isEqualTo(Servers.host(one));
        other.succeeded();
    }

    private static Map<String, Integer> counts(Upstream upstream, Attempt previous) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < PICKS; i++) {
            Attempt attempt = Servers.pick(upstream, previous);
            counts.merge(Servers.host(attempt), 1, Integer::sum);
            attempt.succeeded();
        }
        return counts;
    }

    private static Upstream upstream(String... servers) {
        return Upstream.of(
                "up",
                Servers.of(servers),
                UpstreamOptions.defaults().withRandom(new Random(5)).withBalancer(new RandomProvider()));
    }
}
