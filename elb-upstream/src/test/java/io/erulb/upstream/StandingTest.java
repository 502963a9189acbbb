package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.HealthOptions.Checks;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the next request may go to a server, and why not. */
class StandingTest {
    private final TestClock clock = new TestClock();

    private static List<Standing> standings(Upstream upstream) {
        return upstream.peers().stream().map(upstream::standing).toList();
    }

    @Test
    void goesByConfigurationRoomAndHealth() {
        Upstream upstream = Servers.upstream(clock, "a", "b down", "c drain", "d max_conns=1", "e", "f backup");
        Servers.pickAt(upstream, "d");
        Servers.pickAt(upstream, "e").failed(Failure.CONNECT);

        assertThat(standings(upstream))
                .containsExactly(
                        Standing.CANDIDATE,
                        Standing.NOT_IN_USE,
                        Standing.NOT_IN_USE,
                        Standing.FULL,
                        Standing.LEFT_OUT,
                        Standing.SPARE);
    }

    @Test
    void backupsAreCandidatesWhenNoPrimaryIs() {
        Upstream upstream = Servers.upstream(clock, "a", "b max_conns=1", "c backup");
        Servers.pickAt(upstream, "a").failed(Failure.CONNECT);
        Servers.pickAt(upstream, "b");

        assertThat(standings(upstream)).containsExactly(Standing.LEFT_OUT, Standing.FULL, Standing.CANDIDATE);
    }

    @Test
    void allThatFailedAreCandidatesWhenNobodyElseIsLeft() {
        Upstream upstream = Servers.upstream(clock, "a", "b", "c backup");
        for (int i = 0; i < 3; i++) {
            Servers.pick(upstream, null).failed(Failure.CONNECT);
        }

        assertThat(upstream.peers()).allMatch(Peer::leftOut);
        assertThat(standings(upstream)).containsExactly(Standing.CANDIDATE, Standing.CANDIDATE, Standing.SPARE);
    }

    @Test
    void whatChecksFoundDownIsNoneUnlessTooFewAreIn() {
        HealthOptions checked = HealthOptions.defaults().withChecks(Checks.UP_AT_FIRST);
        UpstreamOptions options = Servers.options(clock).withHealth(checked);
        Upstream upstream = Upstream.of("up", Servers.of("a", "b"), options);
        upstream.peers().forEach(peer -> peer.checked(new CheckResult(false, "status 503"), 1, 1));

        assertThat(standings(upstream)).containsExactly(Standing.LEFT_OUT, Standing.LEFT_OUT);
        assertThat(standings(upstream.with(upstream.servers(), options.withHealth(checked.withPanicPercent(50)))))
                .containsExactly(Standing.CANDIDATE, Standing.CANDIDATE);
    }

    @Test
    void aCandidateIsWhoeverIsPicked() {
        Upstream upstream = Servers.upstream(clock, "a", "b max_conns=1", "c", "d backup max_conns=2");
        Servers.pickAt(upstream, "c").failed(Failure.CONNECT);

        for (int i = 0; i < 40; i++) {
            List<Peer> candidates = upstream.peers().stream()
                    .filter(peer -> upstream.standing(peer) == Standing.CANDIDATE)
                    .toList();
            assertThat(candidates).contains(Servers.pick(upstream, null).peer());
        }
    }
}
