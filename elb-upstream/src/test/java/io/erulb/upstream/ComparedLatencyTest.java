package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Comparing how long two peers take needs no clock. */
class ComparedLatencyTest {
    private final TestClock clock = new TestClock();
    private final Upstream upstream = Upstream.of("up", Servers.of("a", "b"), Servers.options(clock));
    private final Peer a = Servers.peer(upstream, "a");
    private final Peer b = Servers.peer(upstream, "b");

    private void tell(Peer peer, long millis) {
        Attempt attempt = upstream.pickBound(peer);
        attempt.answered(200, millis * 1_000_000);
        attempt.abandoned();
    }

    @Test
    void comesToTheSameAsAskingForTheTime() {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            tell(random.nextBoolean() ? a : b, 1 + random.nextInt(100));
            clock.pass(Duration.ofMillis(random.nextInt(3000)));

            double byTime = a.latencyMillis() / b.latencyMillis();
            double compared = a.latencyMillisBeside(b) / b.latencyMillisBeside(a);
            if (Double.isFinite(byTime) && byTime > 0) {
                assertThat(compared).isCloseTo(byTime, within(byTime / 100));
            }
        }
    }

    @Test
    void aPeerThatNothingIsKnownOfTakesNoTime() {
        tell(a, 50);

        assertThat(b.latencyMillisBeside(a)).isZero();
        assertThat(a.latencyMillisBeside(b)).isCloseTo(50, within(0.01));
    }
}
