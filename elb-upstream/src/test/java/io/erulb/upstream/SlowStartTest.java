package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erulb.upstream.HealthOptions.Checks;
import io.erulb.upstream.PeerHealth.State;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that comes, or comes back, gets its share little by little. */
class SlowStartTest {
    private static final int ROUNDS = 200_000;

    private final TestClock clock = new TestClock();

    private UpstreamOptions options(String balancer) {
        return Servers.options(clock)
                .withBalancer(BalancerTypes.installed().provider(balancer))
                .withHealth(
                        HealthOptions.defaults().withChecks(Checks.UP_AT_FIRST).withSlowStart(Duration.ofSeconds(30)));
    }

    /** How many of all requests go to a peer, in percent. */
    private static double share(Upstream upstream, int peer) {
        int hits = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Attempt attempt = upstream.pick(null);
            hits += attempt.peer() == upstream.peers().get(peer) ? 1 : 0;
            attempt.abandoned();
        }
        return hits * 100.0 / ROUNDS;
    }

    @ParameterizedTest
    @ValueSource(strings = {"round_robin", "random"})
    void aNewServerComesToItsWeightInTime(String balancer) {
        Upstream upstream =
                Upstream.of("up", Servers.of("a", "b"), options(balancer)).with(Servers.of("a", "b", "c weight=2"));

        assertThat(share(upstream, 2)).isCloseTo(100 * 0.2 / 2.2, within(3.0));
        assertThat(upstream.peers().get(2).health())
                .isEqualTo(new PeerHealth(State.STARTING, "10 % of its weight", null));
        clock.pass(Duration.ofSeconds(15));
        assertThat(share(upstream, 2)).isCloseTo(100 * 1.0 / 3.0, within(3.0));
        clock.pass(Duration.ofSeconds(15));
        assertThat(share(upstream, 2)).isCloseTo(50, within(3.0));
        assertThat(upstream.peers().get(2).health().state()).isEqualTo(State.UP);
    }

    @Test
    void thoseThatAreThereFromTheBeginningHaveTheirWeightAtOnce() {
        Upstream upstream = Upstream.of("up", Servers.of("a", "b weight=3"), options("round_robin"));

        assertThat(share(upstream, 1)).isCloseTo(75, within(0.1));
    }

    @Test
    void aServerThatIsBackBeginsAnew() {
        Upstream upstream = Upstream.of("up", Servers.of("a", "b"), options("round_robin"));
        Peer b = upstream.peers().get(1);
        b.checked(new CheckResult(false, ""), 1, 1);
        assertThat(share(upstream, 1)).isZero();

        b.checked(new CheckResult(true, ""), 1, 1);

        assertThat(share(upstream, 1)).isCloseTo(100 * 0.1 / 1.1, within(0.5));
        clock.pass(Duration.ofSeconds(31));
        assertThat(share(upstream, 1)).isCloseTo(50, within(0.1));
    }

    @Test
    void withLeastConnItsRequestsUnderWayStayInProportion() {
        Upstream upstream = Upstream.of("up", Servers.of("a"), options("least_conn"));
        for (int i = 0; i < 50; i++) {
            upstream.pick(null);
        }

        Upstream more = upstream.with(Servers.of("a", "b"));
        for (int i = 0; i < 5; i++) {
            assertThat(more.pick(null)).isNotNull();
        }

        assertThat(more.peers().get(1).active()).isEqualTo(5);
        assertThat(more.pick(null).peer().active()).isGreaterThan(5);
    }
}
