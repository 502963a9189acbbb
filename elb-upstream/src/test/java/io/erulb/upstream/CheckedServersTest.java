package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.HealthOptions.Checks;
import io.erulb.upstream.PeerHealth.State;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What checks of servers do to who is picked. */
class CheckedServersTest {
    private static final CheckResult PASSED = new CheckResult(true, "status 200");
    private static final CheckResult FAILED = new CheckResult(false, "status 503");

    private final TestClock clock = new TestClock();

    private Upstream upstream(Checks checks, int panicPercent, String... servers) {
        return Upstream.of(
                "up",
                Servers.of(servers),
                Servers.options(clock)
                        .withHealth(HealthOptions.defaults().withChecks(checks).withPanicPercent(panicPercent)));
    }

    private static Set<String> picked(Upstream upstream) {
        Set<String> picked = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            Attempt attempt = upstream.pick(null);
            if (attempt != null) {
                picked.add(attempt.peer().spec().address());
                attempt.abandoned();
            }
        }
        return picked;
    }

    private static void check(Upstream upstream, int peer, CheckResult result) {
        upstream.peers().get(peer).checked(result, 2, 3);
    }

    @Test
    void theFirstCheckDecidesAndAfterThatSomeInARow() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 0, "a", "b");
        assertThat(picked(upstream)).containsExactly("a", "b");

        check(upstream, 0, FAILED);
        assertThat(picked(upstream)).containsExactly("b");

        check(upstream, 0, PASSED);
        assertThat(picked(upstream)).as("one of two").containsExactly("b");
        check(upstream, 0, PASSED);
        assertThat(picked(upstream)).containsExactly("a", "b");

        check(upstream, 0, FAILED);
        check(upstream, 0, FAILED);
        check(upstream, 0, PASSED);
        check(upstream, 0, FAILED);
        check(upstream, 0, FAILED);
        assertThat(picked(upstream)).as("not three in a row").containsExactly("a", "b");
        check(upstream, 0, FAILED);
        assertThat(picked(upstream)).containsExactly("b");
    }

    @Test
    void tellWhyAndSinceWhen() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 0, "a", "b");
        assertThat(upstream.peers().get(0).health().state()).isEqualTo(State.UP);

        check(upstream, 0, FAILED);
        clock.pass(Duration.ofSeconds(7));
        check(upstream, 0, FAILED);

        assertThat(upstream.peers().get(0).health())
                .isEqualTo(new PeerHealth(State.CHECKS_FAILED, "status 503", Duration.ofSeconds(7)));
    }

    @Test
    void aServerMayBeOutUntilItsFirstCheck() {
        Upstream upstream = upstream(Checks.DOWN_AT_FIRST, 0, "a", "b");

        assertThat(picked(upstream)).isEmpty();
        assertThat(upstream.peers().get(0).health().state()).isEqualTo(State.NOT_CHECKED);

        check(upstream, 1, PASSED);
        assertThat(picked(upstream)).containsExactly("b");
    }

    @Test
    void whenAllAreFoundDownNobodyIsAsked() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 0, "a", "b backup");
        check(upstream, 0, FAILED);
        assertThat(picked(upstream)).containsExactly("b");
        check(upstream, 1, FAILED);

        assertThat(upstream.pick(null)).isNull();
    }

    @Test
    void whenFailuresHaveTheLastOneOutThatOneIsTriedAndNotThoseFoundDown() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 0, "a", "b");
        check(upstream, 0, FAILED);
        upstream.pick(null).failed(Failure.CONNECT);

        assertThat(picked(upstream)).containsExactly("b");
    }

    @Test
    void inPanicAllAreUsed() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 50, "a", "b", "c", "d");
        check(upstream, 0, FAILED);
        check(upstream, 1, FAILED);
        assertThat(picked(upstream)).as("half of them").containsExactly("c", "d");

        check(upstream, 2, FAILED);
        assertThat(picked(upstream)).containsExactly("a", "b", "c", "d");

        check(upstream, 0, PASSED);
        check(upstream, 0, PASSED);
        assertThat(picked(upstream)).containsExactly("a", "d");
    }

    @Test
    void inPanicAllAreUsedWhenNoneIsIn() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 1, "a", "b");
        check(upstream, 0, FAILED);
        check(upstream, 1, FAILED);

        assertThat(picked(upstream)).containsExactly("a", "b");
    }

    @Test
    void whatWasFoundOutlivesAChangeOfServersAndCountsNotWithoutChecks() {
        Upstream before = upstream(Checks.UP_AT_FIRST, 0, "a", "b");
        check(before, 0, FAILED);

        Upstream after = before.with(Servers.of("a weight=5", "b", "c"));
        assertThat(picked(after)).containsExactly("b", "c");

        assertThat(picked(after.with(after.servers(), Servers.options(clock)))).containsExactly("a", "b", "c");
    }

    @Test
    void checksThatComeBackBeginAnew() {
        Upstream checked = upstream(Checks.UP_AT_FIRST, 0, "a", "b");
        check(checked, 0, FAILED);
        check(checked, 1, FAILED);

        Upstream unchecked = checked.with(checked.servers(), Servers.options(clock));
        Upstream again = unchecked.with(
                checked.servers(),
                Servers.options(clock).withHealth(HealthOptions.defaults().withChecks(Checks.UP_AT_FIRST)));

        assertThat(picked(again)).containsExactly("a", "b");
    }

    @Test
    void aServerInDrainGetsNothingNewWhateverItsChecks() {
        Upstream upstream = upstream(Checks.UP_AT_FIRST, 100, "a drain", "b", "c");
        check(upstream, 0, PASSED);

        assertThat(picked(upstream)).containsExactly("b", "c");
        assertThat(upstream.peers().get(0).health().state()).isEqualTo(State.DRAINING);
    }
}
