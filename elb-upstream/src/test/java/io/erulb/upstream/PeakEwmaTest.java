package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An average of times in which peaks count at once and what is long ago less and less. */
final class PeakEwmaTest {
    private static final long MILLI = 1_000_000;

    private final TestClock clock = new TestClock();
    private final PeakEwma average = new PeakEwma(clock);

    @Test
    void isNothingBeforeTheFirst() {
        assertThat(average.millis()).isZero();
    }

    @Test
    void takesAPeakAtOnceAndForgetsItByAndBy() {
        for (int i = 0; i < 100; i++) {
            average.add(10 * MILLI);
            clock.pass(Duration.ofMillis(100));
        }
        assertThat(average.millis()).isCloseTo(10, within(0.2));

        average.add(100 * MILLI);
        assertThat(average.millis()).isCloseTo(100, within(0.01));

        answerFor(1);
        assertThat(average.millis()).isCloseTo(91, within(1.0));
        answerFor(9);
        assertThat(average.millis()).isCloseTo(43, within(1.0));
        answerFor(20);
        assertThat(average.millis()).isCloseTo(14, within(1.0));
    }

    private void answerFor(int seconds) {
        for (int i = 0; i < 10 * seconds; i++) {
            clock.pass(Duration.ofMillis(100));
            average.add(10 * MILLI);
        }
    }

    @Test
    void fallsWhileNothingIsHeard() {
        average.add(1_000 * MILLI);

        clock.passSeconds(10);
        assertThat(average.millis()).isCloseTo(1_000 / Math.E, within(1.0));
        clock.passSeconds(60);
        assertThat(average.millis()).isLessThan(1);
    }

    @Test
    void goesOnWhenTheMillisecondsOfTheClockWrap() {
        clock.pass(Duration.ofDays(30));
        average.add(50 * MILLI);
        clock.pass(Duration.ofSeconds(1));
        average.add(10 * MILLI);

        assertThat(average.millis()).isCloseTo(46.2, within(0.5));
    }

    @Test
    void manyThreadsLoseNoPeak() throws Exception {
        Thread[] threads = new Thread[4];
        for (int n = 0; n < threads.length; n++) {
            int peak = 100 * (n + 1);
            threads[n] = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    average.add(i == 25_000 ? peak * MILLI : MILLI);
                }
            });
            threads[n].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // The clock stands still, so nothing is forgotten.
        assertThat(average.millis()).isCloseTo(400, within(0.01));
    }
}
