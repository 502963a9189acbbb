package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FailureWindowTest {
    private final TestClock clock = new TestClock();

    @Test
    void leavesAServerOutAfterMaxFailsFailuresForFailTimeout() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=2 fail_timeout=10s", "b");

        fail(upstream);
        clock.passSeconds(3);
        assertThat(Servers.picks(upstream, 4)).contains("a");
        fail(upstream);

        assertThat(Servers.picks(upstream, 4)).isEqualTo("b b b b");
        clock.passSeconds(10);
        assertThat(Servers.picks(upstream, 4)).isEqualTo("b b b b");
        clock.pass(Duration.ofNanos(1));
        assertThat(Servers.picks(upstream, 4)).contains("a");
    }

    @Test
    void theFirstOfSeveralIsBackWhenItsOwnTimeIsOver() {
        Upstream upstream = Servers.upstream(clock, "a fail_timeout=1s", "b fail_timeout=20s", "c");
        fail(upstream);
        Servers.pickAt(upstream, "b").failed(Failure.CONNECT);
        assertThat(Servers.picks(upstream, 3)).isEqualTo("c c c");

        // The clock's numbers overflow between the end of the one time and of the other.
        clock.passSeconds(2);

        assertThat(Servers.picks(upstream, 3)).contains("a").doesNotContain("b");
    }

    @Test
    void letsOneRequestTryAServerAfterTheTimeOut() {
        Upstream upstream = Servers.upstream(clock, "a", "b");
        fail(upstream);
        clock.passSeconds(11);

        Attempt probe = Servers.pickAt(upstream, "a");

        assertThat(Servers.picks(upstream, 4)).isEqualTo("b b b b");
        probe.succeeded();
        assertThat(Servers.peer(upstream, "a").fails()).isZero();
        assertThat(Servers.picks(upstream, 4)).contains("a");
    }

    @Test
    void aServerTriedAgainIsOneFailureAwayFromBeingOut() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=3", "b");
        fail(upstream);
        fail(upstream);
        fail(upstream);
        clock.passSeconds(11);

        fail(upstream);

        assertThat(Servers.peer(upstream, "a").leftOut()).isTrue();
        clock.passSeconds(10);
        assertThat(Servers.peer(upstream, "a").leftOut()).isTrue();
        clock.passSeconds(1);
        assertThat(Servers.peer(upstream, "a").leftOut()).isFalse();
    }

    @Test
    void anotherRequestMayTryWhenTheFirstHangsForFailTimeout() {
        Upstream upstream = Servers.upstream(clock, "a", "b");
        fail(upstream);
        clock.passSeconds(11);
        Attempt hanging = Servers.pickAt(upstream, "a");
        clock.passSeconds(11);

        Attempt second = Servers.pickAt(upstream, "a");

        second.succeeded();
        hanging.abandoned();
        assertThat(Servers.peer(upstream, "a").leftOut()).isFalse();
    }

    @Test
    void aSuccessWithinTheWindowForgetsNothing() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=2", "b");
        fail(upstream);
        clock.passSeconds(10);

        Servers.pickAt(upstream, "a").succeeded();

        assertThat(Servers.peer(upstream, "a").fails()).isEqualTo(1);
    }

    @Test
    void aSuccessAfterTheWindowForgetsFailures() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=2", "b");
        fail(upstream);
        clock.passSeconds(11);

        Servers.pickAt(upstream, "a").succeeded();

        assertThat(Servers.peer(upstream, "a").fails()).isZero();
        assertThat(Servers.peer(upstream, "a").lastFailure()).isNull();
    }

    @Test
    void aLateSuccessOfAnAttemptFromBeforeTheFailureForgetsNothing() {
        Upstream upstream = Servers.upstream(clock, "a", "b");
        Attempt slow = Servers.pickAt(upstream, "a");
        fail(upstream);

        slow.succeeded();

        assertThat(Servers.peer(upstream, "a").leftOut()).isTrue();
    }

    @Test
    void failuresAddUpWhenNoSuccessLiesBetween() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=2", "b");
        fail(upstream);
        clock.passSeconds(100);

        fail(upstream);

        assertThat(Servers.peer(upstream, "a").leftOut()).isTrue();
    }

    @Test
    void neverLeavesOutAServerWithMaxFails0() {
        Upstream upstream = Servers.upstream(clock, "a max_fails=0", "b");

        for (int i = 0; i < 10; i++) {
            fail(upstream);
        }

        assertThat(Servers.peer(upstream, "a").leftOut()).isFalse();
        assertThat(Servers.picks(upstream, 4)).contains("a");
    }

    @Test
    void neverLeavesOutTheOnlyServer() {
        Upstream upstream = Servers.upstream(clock, "a");

        fail(upstream);

        assertThat(Servers.peer(upstream, "a").leftOut()).isFalse();
        assertThat(Servers.picks(upstream, 2)).isEqualTo("a a");
    }

    @Test
    void failTimeout0RemembersForNoTime() {
        Upstream upstream = Servers.upstream(clock, "a fail_timeout=0", "b");
        fail(upstream);

        clock.pass(Duration.ofNanos(1));

        assertThat(Servers.peer(upstream, "a").leftOut()).isFalse();
    }

    @Test
    void writesNothingWhileThereAreNoFailures() {
        AtomicInteger changes = new AtomicInteger();
        FailureWindow window = new FailureWindow(
                () -> {
                    throw new AssertionError("asked for the time");
                },
                changes);
        FailureRule rule = new FailureRule(1, 1);

        assertThat(window.start(rule, false)).isTrue();
        window.succeeded(rule);

        assertThat(window.out(rule)).isFalse();
        assertThat(changes).hasValue(0);
    }

    private static void fail(Upstream upstream) {
        Servers.pickAt(upstream, "a").failed(Failure.CONNECT);
    }
}
