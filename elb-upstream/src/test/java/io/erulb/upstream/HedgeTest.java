package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** A second server is asked beside one that takes long. */
class HedgeTest {
    private final TestClock clock = new TestClock();
    private final UpstreamOptions options = Servers.options(clock).withHedge(new HedgeRule(95, 10));
    private final Upstream upstream = Upstream.of("up", Servers.of("a", "b", "c"), options);

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** A hundred requests, five of which take ten times as long; more of them with each second that passes. */
    private void serve(Upstream served, int seconds) {
        for (int i = 0; i < seconds * 100; i++) {
            Attempt attempt = Servers.pick(served, null);
            attempt.answered(200, i % 20 == 7 ? 10 * MILLI : MILLI);
            attempt.succeeded();
            clock.pass(Duration.ofMillis(10));
        }
    }

    @Test
    void itIsWorthItWhenARequestTakesLongerThanThePercentile() {
        assertThat(upstream.hedgeAfterNanos()).isEqualTo(Long.MAX_VALUE);

        serve(upstream, 3);

        assertThat(upstream.hedgeAfterNanos() / (double) MILLI).isCloseTo(1, Percentage.withPercentage(7));
    }

    @Test
    void theSecondServerIsAnotherOne() {
        serve(upstream, 1);
        Attempt first = Servers.pick(upstream, null);
        Attempt second = upstream.pickBeside(first, 0);

        assertThat(second).isNotNull();
        assertThat(second.peer()).isNotEqualTo(first.peer());
        assertThat(second.previous()).isSameAs(first);
        assertThat(first.peer().active() + second.peer().active()).isEqualTo(2);
    }

    @Test
    void thereAreNoMoreThanTheirShareOfRequests() {
        List<Attempt> seconds = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Attempt first = Servers.pick(upstream, null);
            Attempt second = upstream.pickBeside(first, 0);
            if (second != null) {
                seconds.add(second);
                second.succeeded();
            }
            first.outrun(MILLI);
        }

        assertThat(seconds).hasSize(103);
    }

    @Test
    void theyCountAsRetriesWhereThoseHaveABudget() {
        Upstream frugal = Upstream.of("up", Servers.of("a", "b", "c"), options.withRetryPercent(1));
        serve(frugal, 1);
        int seconds = 0;
        for (int i = 0; i < 100; i++) {
            Attempt first = Servers.pick(frugal, null);
            seconds += frugal.pickBeside(first, 0) == null ? 0 : 1;
            first.succeeded();
        }

        assertThat(seconds).isEqualTo(5);
    }

    @Test
    void theOneThatIsOutrunTookAtLeastAsLongAsItWasWaitedFor() {
        serve(upstream, 1);
        for (int i = 0; i < 500; i++) {
            Attempt first = Servers.pick(upstream, null);
            first.outrun(30 * MILLI);
            clock.pass(Duration.ofMillis(10));
        }

        assertThat(upstream.hedgeAfterNanos() / (double) MILLI).isCloseTo(30, Percentage.withPercentage(7));
        assertThat(upstream.peers()).allMatch(peer -> peer.active() == 0 && peer.latencyMillis() > 25);
        assertThat(upstream.peers()).allMatch(peer -> peer.fails() == 0);
    }

    @Test
    void beingOutrunLowersNoLatency() {
        Attempt slow = Servers.pick(upstream, null);
        slow.answered(200, 200 * MILLI);
        slow.succeeded();
        Peer peer = slow.peer();
        double known = peer.latencyMillis();

        upstream.pickBound(peer).outrun(14 * MILLI);
        assertThat(peer.latencyMillis()).isEqualTo(known);

        upstream.pickBound(peer).outrun(300 * MILLI);
        assertThat(peer.latencyMillis()).isEqualTo(300, offset(0.1));
    }

    @Test
    void thereIsNoneWhileRequestsWaitForRoom() {
        Attempt running = Servers.pick(upstream, null);
        Waiting waiting = upstream.await(10, () -> {});

        assertThat(upstream.pickBeside(running, 0)).isNull();

        waiting.leave();
        assertThat(upstream.pickBeside(running, 0)).isNotNull();
    }

    @Test
    void oneThatIsOutIsNotAskedAlsoWhenTooFewAreIn() {
        UpstreamOptions panicking = options.withHealth(HealthOptions.defaults().withPanicPercent(100));
        Upstream few = Upstream.of("up", Servers.of("a", "b"), panicking);
        Servers.pickAt(few, "b").failed(Failure.CONNECT);

        assertThat(few.pickBeside(Servers.pickAt(few, "a"), 0)).isNull();
    }

    @Test
    void withOneServerThereIsNone() {
        Upstream alone = Upstream.of("up", Servers.of("a"), options);

        assertThat(alone.pickBeside(Servers.pick(alone, null), 0)).isNull();
    }

    @Test
    void aBackupIsNotAskedBesideAPrimary() {
        Upstream spare = Upstream.of("up", Servers.of("a", "b backup"), options);

        assertThat(spare.pickBeside(Servers.pick(spare, null), 0)).isNull();
    }

    @Test
    void whatIsKnownOutlivesAChange() {
        serve(upstream, 3);

        Upstream changed = upstream.with(Servers.of("a", "d"));

        assertThat(changed.hedgeAfterNanos()).isEqualTo(upstream.hedgeAfterNanos());
        assertThat(changed.with(changed.servers(), options.withHedge(null)).hedgeAfterNanos())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRuleBeginsWithTheConfigurationThatHasIt() {
        Upstream plain = Upstream.of("up", Servers.of("a", "b"), Servers.options(clock));
        serve(plain, 3);
        Upstream hedged = plain.with(plain.servers(), options);
        assertThat(hedged.hedgeAfterNanos()).isEqualTo(Long.MAX_VALUE);

        serve(hedged, 3);

        assertThat(hedged.hedgeAfterNanos()).isLessThan(2 * MILLI);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new HedgeRule(49, 10)).hasMessage("percentile: 49.0 (expected: 50 to 99.9)");
        assertThatThrownBy(() -> new HedgeRule(Double.NaN, 10)).hasMessageStartingWith("percentile: NaN");
        assertThatThrownBy(() -> new HedgeRule(95, 0)).hasMessage("maxPercent: 0 (expected: 1 to 100)");
    }
}
