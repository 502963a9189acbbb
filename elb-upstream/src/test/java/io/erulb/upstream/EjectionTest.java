package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.EjectionRule.SuccessRate;
import io.erulb.upstream.PeerHealth.State;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers are ejected for what they answer. */
class EjectionTest {
    private static final EjectionRule THREE_ERRORS = new EjectionRule(
            3, 0, SuccessRate.OFF, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(100), 50);

    private final TestClock clock = new TestClock();

    private Upstream upstream(EjectionRule rule, String... servers) {
        return Upstream.of(
                "up",
                Servers.of(servers),
                Servers.options(clock).withHealth(HealthOptions.defaults().withEjection(rule)));
    }

    /** Picks until it is the peer's turn, and ends everything else well. */
    private static Attempt at(Upstream upstream, Peer peer) {
        List<Attempt> others = new ArrayList<>();
        Attempt attempt = upstream.pick(null);
        while (attempt != null && attempt.peer() != peer) {
            others.add(attempt);
            attempt = upstream.pick(null);
            assertThat(others).hasSizeLessThan(1000);
        }
        others.forEach(Attempt::abandoned);
        return attempt;
    }

    private static void answers(Upstream upstream, Peer peer, int... statuses) {
        for (int status : statuses) {
            Attempt attempt = at(upstream, peer);
            attempt.answered(status, 1);
            attempt.succeeded();
        }
    }

    private static void failsToAnswer(Upstream upstream, Peer peer, int times) {
        for (int i = 0; i < times; i++) {
            at(upstream, peer).failed(Failure.BROKEN);
        }
    }

    private static boolean isPicked(Upstream upstream, Peer peer) {
        for (int i = 0; i < 20; i++) {
            Attempt attempt = upstream.pick(null);
            attempt.abandoned();
            if (attempt.peer() == peer) {
                return true;
            }
        }
        return false;
    }

    @Test
    void forErrorsInARowOfAnyStatusFrom500OnAndForFailures() {
        Upstream upstream = upstream(THREE_ERRORS, "a max_fails=0", "b");
        Peer a = upstream.peers().get(0);

        answers(upstream, a, 500, 599);
        assertThat(isPicked(upstream, a)).isTrue();
        failsToAnswer(upstream, a, 1);

        assertThat(isPicked(upstream, a)).isFalse();
        assertThat(a.leftOut()).isTrue();
        assertThat(a.ejections()).isEqualTo(1);
        assertThat(a.health().state()).isEqualTo(State.EJECTED);
        assertThat(a.health().reason()).isEqualTo("3 errors in a row");
        clock.pass(Duration.ofSeconds(4));
        assertThat(a.health().age()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void notForErrorsWithASuccessBetweenThem() {
        Upstream upstream = upstream(THREE_ERRORS, "a", "b");
        Peer a = upstream.peers().get(0);

        answers(upstream, a, 500, 500, 200, 500, 500, 404, 500, 500);

        assertThat(isPicked(upstream, a)).isTrue();
    }

    @Test
    void forAStatusThatIsAFailureItCountsOnce() {
        Upstream upstream = upstream(THREE_ERRORS, "a max_fails=0", "b");
        Peer a = upstream.peers().get(0);

        for (int i = 0; i < 2; i++) {
            Attempt attempt = at(upstream, a);
            attempt.answered(500, 1);
            attempt.failed(Failure.STATUS);
        }

        assertThat(isPicked(upstream, a)).isTrue();
    }

    @Test
    void forGatewayErrorsAlone() {
        EjectionRule rule = new EjectionRule(
                0, 3, SuccessRate.OFF, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 50);
        Upstream upstream = upstream(rule, "a max_fails=0", "b");
        Peer a = upstream.peers().get(0);

        answers(upstream, a, 500, 500, 500, 502, 503, 500, 502, 504);
        assertThat(isPicked(upstream, a)).isTrue();
        failsToAnswer(upstream, a, 1);

        assertThat(a.health().reason()).isEqualTo("3 gateway errors in a row");
    }

    @Test
    void forALongerTimeEachTimeUpToTheMost() {
        Upstream upstream = upstream(THREE_ERRORS, "a", "b");
        Peer a = upstream.peers().get(0);

        for (int seconds : new int[] {30, 60, 90, 100, 100}) {
            answers(upstream, a, 500, 500, 500);
            clock.pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(isPicked(upstream, a)).as("%s s", seconds).isFalse();
            clock.pass(Duration.ofNanos(2));
            assertThat(isPicked(upstream, a)).as("%s s", seconds).isTrue();
        }
        assertThat(a.ejections()).isEqualTo(5);
    }

    @Test
    void forAShorterTimeAgainAfterIntervalsWithoutAnEjection() {
        Upstream upstream = upstream(THREE_ERRORS, "a", "b");
        Peer a = upstream.peers().get(0);
        answers(upstream, a, 500, 500, 500);
        clock.pass(Duration.ofSeconds(31));
        answers(upstream, a, 500, 500, 500);
        clock.pass(Duration.ofSeconds(61));

        // Each answer after an interval steps back once.
        for (int interval = 0; interval < 2; interval++) {
            clock.pass(Duration.ofSeconds(10));
            answers(upstream, a, 200);
        }
        answers(upstream, a, 500, 500, 500);

        clock.pass(Duration.ofSeconds(31));
        assertThat(isPicked(upstream, a)).isTrue();
    }

    @Test
    void upToTheGreatestShareOfThem() {
        Upstream upstream = upstream(THREE_ERRORS, "a", "b", "c", "d");

        for (Peer peer : upstream.peers()) {
            for (int i = 0; i < 3; i++) {
                if (isPicked(upstream, peer)) {
                    answers(upstream, peer, 500);
                }
            }
        }

        assertThat(upstream.peers()).filteredOn(Peer::leftOut).hasSize(2);
    }

    @Test
    void oneAtLeastButNeverTheOnlyOne() {
        EjectionRule rule = new EjectionRule(
                1, 0, SuccessRate.OFF, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 1);
        Upstream two = upstream(rule, "a", "b");
        answers(two, two.peers().get(0), 500);
        assertThat(two.peers().get(0).leftOut()).isTrue();

        Upstream one = upstream(rule, "a", "b down");
        answers(one, one.peers().get(0), 500);
        assertThat(one.peers().get(0).leftOut()).isFalse();
    }

    @Test
    void byTheRateOfSuccessWhenItIsClearlyBelowTheOthers() {
        EjectionRule rule = new EjectionRule(
                0,
                0,
                new SuccessRate(1.9, 5, 50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                50);
        Upstream upstream = upstream(rule, "a", "b", "c", "d", "e", "f");
        for (int round = 0; round < 60; round++) {
            for (Peer peer : upstream.peers()) {
                boolean bad = peer == upstream.peers().get(3) && round % 3 == 0;
                answers(upstream, peer, bad ? 503 : 200);
            }
        }

        clock.pass(Duration.ofSeconds(10));
        answers(upstream, upstream.peers().get(0), 200);

        assertThat(upstream.peers())
                .filteredOn(Peer::leftOut)
                .containsExactly(upstream.peers().get(3));
        assertThat(upstream.peers().get(3).health().reason()).isEqualTo("66.7 % success while the usual is 94.4 %");
    }

    @Test
    void notByTheRateWhenTooFewServersHaveEnoughRequests() {
        EjectionRule rule = new EjectionRule(
                0,
                0,
                new SuccessRate(1.9, 5, 50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                50);
        Upstream upstream = upstream(rule, "a", "b", "c", "d");
        for (int round = 0; round < 60; round++) {
            for (Peer peer : upstream.peers()) {
                answers(upstream, peer, peer == upstream.peers().get(3) ? 503 : 200);
            }
        }

        clock.pass(Duration.ofSeconds(10));
        answers(upstream, upstream.peers().get(0), 200);

        assertThat(upstream.peers()).noneMatch(Peer::leftOut);
    }

    @Test
    void whatWasUnderWayWhenItWasEjectedDoesNotCountAgainstItLater() {
        Upstream upstream = upstream(THREE_ERRORS, "a max_fails=0", "b");
        Peer a = upstream.peers().get(0);
        List<Attempt> underWay = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            underWay.add(at(upstream, a));
        }

        underWay.forEach(attempt -> {
            attempt.answered(500, 1);
            attempt.failed(Failure.STATUS);
        });
        clock.pass(Duration.ofSeconds(31));
        answers(upstream, a, 500);

        assertThat(a.ejections()).isEqualTo(1);
        assertThat(isPicked(upstream, a)).isTrue();
    }

    @Test
    void outlivesAChangeOfServersAndEndsWithItsRule() {
        Upstream before = upstream(THREE_ERRORS, "a", "b");
        answers(before, before.peers().get(0), 500, 500, 500);

        Upstream after = before.with(Servers.of("a weight=2", "b", "c"));
        assertThat(after.peers().get(0).health().state()).isEqualTo(State.EJECTED);

        assertThat(after.with(after.servers(), Servers.options(clock))
                        .peers()
                        .get(0)
                        .leftOut())
                .isFalse();
    }
}
