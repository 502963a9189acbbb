package io.erulb.upstream.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Peer;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import io.erulb.upstream.testing.Threads;
import org.junit.jupiter.api.Test;

/** max_fails and fail_timeout: nginx's counts, kept once for the process; panic when all are out. */
final class MaxFailsCompatTest {
    private final TestClock clock = new TestClock();

    @Test
    void aServerIsLeftOutAfterMaxFailsForFailTimeout() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=2 fail_timeout=5s", "b");
        Servers.pickAt(upstream, "a").failed(Failure.CONNECT);
        Servers.pickAt(upstream, "a").failed(Failure.STATUS);

        assertThat(Servers.picks(upstream, 10)).doesNotContain("a");
        clock.passSeconds(6);
        assertThat(Servers.picks(upstream, 2)).contains("a");
    }

    @Test
    void byDefaultOneFailureTakesAServerOutForTenSeconds() {
        Upstream upstream = Servers.upstream(clock, "a", "b");
        Servers.pickAt(upstream, "a").failed(Failure.TIMEOUT);

        clock.passSeconds(10);
        assertThat(Servers.peer(upstream, "a").leftOut()).isTrue();
        clock.passSeconds(1);
        assertThat(Servers.peer(upstream, "a").leftOut()).isFalse();
    }

    @Test
    void maxFails0NeverTakesAServerOut() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=0", "b");
        Servers.pickAt(upstream, "a").failed(Failure.CONNECT);

        assertThat(Servers.picks(upstream, 4)).contains("a");
    }

    @Test
    void anOnlyServerIsNeverLeftOut() {
        Upstream upstream = Servers.upstream(clock, "a");
        Servers.pick(upstream, null).failed(Failure.CONNECT);

        assertThat(Servers.picks(upstream, 2)).isEqualTo("a a");
    }

    @Test
    void whenAllAreOutTheyAreTriedAgain() {
        Upstream upstream = Servers.upstream(clock, "a", "b");
        Attempt first = Servers.pick(upstream, null);
        first.failed(Failure.CONNECT);
        Servers.pick(upstream, first).failed(Failure.CONNECT);
        assertThat(upstream.peers()).allMatch(Peer::leftOut);

        Servers.pickAt(upstream, "a").succeeded();

        assertThat(Servers.picks(upstream, 3)).isEqualTo("a a a");
    }

    @Test
    void failuresOfAllThreadsCountTogether() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=4000", "b max_fails=0");

        Threads.run(4, 1_000, () -> Servers.pickAt(upstream, "a").failed(Failure.CONNECT));

        assertThat(Servers.peer(upstream, "a").fails()).isEqualTo(4_000);
        assertThat(Servers.peer(upstream, "a").leftOut()).isTrue();
    }
}
