package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Peer;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The fewest attempts under way for the weight; among equals, whose turn it is. */
final class LeastConnTest {

    @Test
    void idleServersShareByTheirWeights() {
        assertThat(Servers.picks(upstream("a weight=5", "b", "c"), 14)).isEqualTo("a a b a c a a a a b a c a a");
    }

    @Test
    void goesAsItsExampleSays() {
        Upstream upstream = upstream("a weight=2", "b");

        assertThat(hosts(held(upstream, 4))).containsExactly("a", "b", "a", "a");
    }

    @Test
    void neverPicksAServerWithMoreForItsWeightThanAnother() {
        Upstream upstream = upstream("a weight=7", "b weight=3", "c", "d weight=2", "e");
        Random random = new Random(11);
        List<Attempt> running = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (!running.isEmpty() && random.nextInt(100) < 45) {
                running.remove(random.nextInt(running.size())).succeeded();
                continue;
            }
            Map<Peer, Long> before = upstream.peers().stream().collect(Collectors.toMap(peer -> peer, Peer::active));
            Attempt attempt = Servers.pick(upstream, null);
            running.add(attempt);
            Peer picked = attempt.peer();
            assertThat(before)
                    .allSatisfy((peer, active) -> assertThat(
                                    before.get(picked) * peer.spec().weight())
                            .isLessThanOrEqualTo(active * picked.spec().weight()));
            if (running.size() > 200) {
                running.forEach(Attempt::succeeded);
                running.clear();
            }
        }
    }

    @Test
    void equalsWhoseTurnItIsNotArePickedByChance() {
        Upstream upstream = upstream("a", "b", "c", "d");
        Attempt busy = Servers.pickAt(upstream, "a");

        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            Attempt attempt = Servers.pick(upstream, null);
            hosts.add(Servers.host(attempt));
            attempt.succeeded();
        }

        assertThat(hosts).doesNotContain("a");
        for (String host : List.of("b", "c", "d")) {
            assertThat(hosts.stream().filter(host::equals).count()).isBetween(1_200L, 1_470L);
        }
        busy.succeeded();
    }

    @Test
    void goesOnWithTheTurnsWhereTheyWereWhenAServerJoins() {
        Upstream upstream = upstream("a", "b", "c");
        assertThat(Servers.picks(upstream, 1)).isEqualTo("a");

        assertThat(Servers.picks(upstream.with(Servers.of("a", "b", "c", "d")), 3))
                .isEqualTo("b c d");
    }

    private static List<Attempt> held(Upstream upstream, int count) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attempts.add(Servers.pick(upstream, null));
        }
        return attempts;
    }

    private static List<String> hosts(List<Attempt> attempts) {
        return attempts.stream().map(Servers::host).toList();
    }

    private static Upstream upstream(String... servers) {
        return Upstream.of(
                "up",
                Servers.of(servers),
                UpstreamOptions.defaults().withRandom(new Random(3)).withBalancer(new LeastConnProvider()));
    }
}
