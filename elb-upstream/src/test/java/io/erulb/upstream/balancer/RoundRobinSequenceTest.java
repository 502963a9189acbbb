package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundRobinSequenceTest {

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({
        "1, a a a a",
        "7, a a a a",
        "1:1, a b a b a b",
        "1:1:1, a b c a b c a b c",
        "9:9:9, a b c a b c a b c",
        "2:1, a b a a b a",
        "3:1, a a b a a a b a",
        "4:2, a b a a b a",
        "5:1:1, a a b a c a a a a b a c a a",
        "3:2:1, a b a c b a a b a c b a",
        "1:2:3, c b a c b c c b a c b c",
        "5:3, a b a a b a b a a b a a b a b a"
    })
    void picksInNginxOrder(String weights, String picks) {
        assertThat(Servers.picks(upstream(weights), picks.split(" ").length)).isEqualTo(picks);
    }

    @Test
    void goesOnWhereItWasWhenAServerJoins() {
        Upstream upstream = Servers.upstream("a weight=5", "b", "c");
        assertThat(Servers.picks(upstream, 3)).isEqualTo("a a b");

        Upstream changed = upstream.with(Servers.of("a weight=5", "b", "c", "d"));

        // From current weights 1 -4 3 0, with 8 to pay for a turn.
        assertThat(Servers.picks(changed, 8)).isEqualTo("a c a a d a a b");
    }

    @Test
    void goesOnWhereItWasWhenAServerLeaves() {
        Upstream upstream = Servers.upstream("a", "b", "c", "d");
        assertThat(Servers.picks(upstream, 2)).isEqualTo("a b");

        assertThat(Servers.picks(upstream.with(Servers.of("a", "b", "d")), 4)).isEqualTo("d d a b");
    }

    @Test
    void doesNotStartAgainWhenOnlyParametersChange() {
        Upstream upstream = Servers.upstream("a", "b", "c");
        assertThat(Servers.picks(upstream, 1)).isEqualTo("a");

        assertThat(Servers.picks(upstream.with(Servers.of("a", "b max_fails=3", "c")), 3))
                .isEqualTo("b c a");
    }

    @Test
    void leavesAPeerThatIsOutWhereItWas() {
        TestClock clock = new TestClock();
        Upstream upstream = Servers.upstream(clock, "a", "b", "c");

        Attempt first = Servers.pick(upstream, null);
        first.failed(Failure.CONNECT);

        assertThat(Servers.picks(upstream, 5)).isEqualTo("b c b c b");
        clock.passSeconds(11);
        assertThat(Servers.picks(upstream, 6)).isEqualTo("c b c a b c");
    }

    @Test
    void retriesDoNotUseUpTheTurnsOfOthers() {
        Upstream upstream = Servers.upstream("a max_fails=0", "b max_fails=0", "c max_fails=0");
        int firstAtA = 0;
        int retriedAtB = 0;
        for (int i = 0; i < 300; i++) {
            Attempt first = Servers.pick(upstream, null);
            if (Servers.host(first).equals("a")) {
                firstAtA++;
                first.failed(Failure.STATUS);
                Attempt second = Servers.pick(upstream, first);
                retriedAtB += Servers.host(second).equals("b") ? 1 : 0;
                second.succeeded();
            } else {
                first.succeeded();
            }
        }

        assertThat(firstAtA).isEqualTo(100);
        assertThat(retriedAtB).isEqualTo(50);
    }

    @Test
    void findsALightPeerBesideAHeavyOneThatWasTried() {
        Upstream upstream = Servers.upstream("a weight=65535 max_fails=0", "b max_fails=0", "c max_fails=0");

        Attempt first = Servers.pick(upstream, null);
        Attempt second = Servers.pick(upstream, first);
        Attempt third = Servers.pick(upstream, second);

        assertThat(List.of(Servers.host(second), Servers.host(third))).containsExactlyInAnyOrder("b", "c");
    }

    private static Upstream upstream(String weights) {
        String[] written = weights.split(":");
        for (int i = 0; i < written.length; i++) {
            written[i] = (char) ('a' + i) + " weight=" + written[i];
        }
        return Servers.upstream(written);
    }
}
