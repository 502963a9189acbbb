package io.erulb.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A clock that runs ahead a little, by chance. */
class HastyClockTest {
    private final TestClock usual = new TestClock();

    @Test
    void runsAheadByOneToOnePointSixPercentOfAnInterval() {
        HastyClock clock = new HastyClock(usual, new Random(1));
        long before = clock.now();
        assertThat(before).isZero();

        for (int i = 0; i < 1000; i++) {
            usual.pass(Duration.ofMillis(9840));
            long now = clock.now();
            assertThat(now - before).isBetween(9938L, 10_001L);
            before = now;
        }
    }

    @Test
    void twoDoNotKeepStep() {
        HastyClock one = new HastyClock(usual, new Random(1));
        HastyClock other = new HastyClock(usual, new Random(2));

        long before = 0;
        int changes = 0;
        for (int i = 0; i < 100; i++) {
            usual.pass(Duration.ofSeconds(6));
            long apart = one.now() - other.now();
            changes += apart == before ? 0 : 1;
            before = apart;
        }

        assertThat(changes).isGreaterThan(90);
    }

    @Test
    void aTimeHasComeAfterTheMillisecondsThatItTellsAndNotLongBefore() {
        HastyClock clock = new HastyClock(usual, new Random(1));
        for (long time = 500; time < 100_000; time += 500) {
            long wait = clock.millisUntil(time);
            assertThat(wait).isPositive();
            // What is told in whole milliseconds may be two too many.
            usual.pass(Duration.ofMillis(wait - 2));
            assertThat(clock.now()).isLessThan(time);
            usual.pass(Duration.ofMillis(2));
            assertThat(clock.now()).isGreaterThanOrEqualTo(time);
            assertThat(clock.millisUntil(time)).isZero();
        }
    }
}
