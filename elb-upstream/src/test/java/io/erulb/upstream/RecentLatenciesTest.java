package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.testing.TestClock;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A percentile of how long answers took in the last seconds. */
class RecentLatenciesTest {
    private final TestClock clock = new TestClock();
    private final RecentLatencies latencies = new RecentLatencies(clock.getAsLong());

    private void add(long count, long micros) {
        for (long i = 0; i < count; i++) {
            latencies.add(TimeUnit.MICROSECONDS.toNanos(micros), 95, clock.getAsLong());
        }
    }

    private void look() {
        clock.passSeconds(1);
        add(1, 1000);
    }

    private double millis() {
        return latencies.percentile() / 1e6;
    }

    @Test
    void nothingIsKnownBeforeAHundredAnswers() {
        add(98, 1000);
        look();
        assertThat(latencies.percentile()).isEqualTo(RecentLatencies.UNKNOWN);

        look();
        assertThat(millis()).isCloseTo(1, Percentage.withPercentage(7));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itIsThatOfTheAnswersToWithinASixteenth(long seed) {
        Random random = new Random(seed);
        long[] nanos = random.longs(10_000, 20_000, 60_000_000_000L).toArray();
        for (int i = 0; i < nanos.length; i++) {
            // As many between 1 and 2 ms as between 1 and 2 s.
            nanos[i] = (long) Math.pow(10, 4.5 + random.nextDouble() * 6);
        }
        double percentile = 50 + random.nextDouble() * 49;

        for (long one : nanos) {
            latencies.add(one, percentile, clock.getAsLong());
        }
        clock.passSeconds(1);
        latencies.add(nanos[0], percentile, clock.getAsLong());

        Arrays.sort(nanos);
        long exact = nanos[(int) Math.ceil((nanos.length + 1) * percentile / 100) - 1];
        assertThat(latencies.percentile()).isBetween(exact, exact + exact / 16 + 1);
    }

    @Test
    void whatIsLongAgoCountsNoMore() {
        for (int second = 0; second < 30; second++) {
            add(100, 50_000);
            look();
        }
        assertThat(millis()).isCloseTo(50, Percentage.withPercentage(7));

        for (int second = 0; second < 21; second++) {
            add(100, 2_000);
            look();
        }

        assertThat(millis()).isCloseTo(2, Percentage.withPercentage(7));
    }

    @Test
    void withFewAnswersItGoesFurtherBack() {
        for (int minute = 0; minute < 200; minute++) {
            add(1, 50_000);
            clock.passSeconds(60);
        }

        assertThat(millis()).isCloseTo(50, Percentage.withPercentage(7));
    }

    @Test
    void whatIsOutOfAllBoundsIsCountedAtThem() {
        add(200, 0);
        look();
        assertThat(latencies.percentile()).isLessThan(20_000_000);

        add(10_000, TimeUnit.DAYS.toMicros(1));
        look();

        assertThat(latencies.percentile()).isEqualTo(1L << 36);
    }
}
