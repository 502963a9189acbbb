package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import org.junit.jupiter.api.Test;

/** Attempts after the first are kept to a share of requests. */
class RetryBudgetTest {
    private final TestClock clock = new TestClock();
    private final Upstream upstream =
            Upstream.of("up", Servers.of("a", "b", "c"), Servers.options(clock).withRetryPercent(20));

    /** How many of so many requests get a second attempt. */
    private int retried(int requests) {
        int retried = 0;
        for (int i = 0; i < requests; i++) {
            Attempt first = Servers.pick(upstream, null);
            Attempt second = upstream.pick(first);
            retried += second == null ? 0 : 1;
            first.abandoned();
            if (second != null) {
                second.abandoned();
            }
        }
        return retried;
    }

    @Test
    void aFewAlwaysMay() {
        assertThat(retried(3)).isEqualTo(3);
        assertThat(retried(1)).isZero();
    }

    @Test
    void inAnOutageTheyStayAShare() {
        assertThat(retried(1000)).isEqualTo(203);
    }

    @Test
    void requestsThatWentWellLetOthersBeRetried() {
        for (int i = 0; i < 1000; i++) {
            Servers.pick(upstream, null).succeeded();
        }

        assertThat(retried(200)).isEqualTo(200);
    }

    @Test
    void requestsOfTheLastSecondsCountAlthoughNoneOfThemWasRetried() {
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 100; i++) {
                Servers.pick(upstream, null).succeeded();
            }
            clock.passSeconds(1);
        }

        assertThat(retried(150)).isEqualTo(150);
    }

    @Test
    void aRetryThatFindsNoServerCostsNothing() {
        Upstream one = Upstream.of("up", Servers.of("a"), Servers.options(clock).withRetryPercent(1));
        for (int i = 0; i < 10; i++) {
            Attempt first = Servers.pick(one, null);
            assertThat(one.pick(first)).isNull();
            first.abandoned();
        }

        Upstream two = one.with(Servers.of("a", "b"));
        for (int i = 0; i < 3; i++) {
            Attempt first = Servers.pick(two, null);
            assertThat(two.pick(first)).as("retry %s", i).isNotNull();
        }
    }

    @Test
    void whatWasBeforeCountsLessAndLess() {
        for (int i = 0; i < 1000; i++) {
            Servers.pick(upstream, null).succeeded();
        }

        clock.passSeconds(15);
        // Half of the window before is left: a budget of 100 and 3.
        assertThat(retried(90)).isEqualTo(90);
        clock.passSeconds(30);
        assertThat(retried(90)).isBetween(20, 21);
    }

    @Test
    void outlivesAChangeOfServers() {
        retried(3);

        Attempt first = Servers.pick(upstream, null);
        assertThat(upstream.with(Servers.of("a", "b")).pick(first)).isNull();
    }
}
