package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long names rest between look-ups. */
class PaceTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration EVERY = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT0.999S, PT1S", "PT1S, PT1S", "PT42S, PT42S", "PT1H, PT1H", "PT1H1S, PT1H"})
    void aTtlIsKeptToBetweenASecondAndTheLongestThatIsBelieved(Duration ttl, Duration rest) {
        assertThat(pace(EVERY, 0).after(ttl)).isEqualTo(rest);
    }

    @Test
    void withoutATtlItIsTheUsualTime() {
        assertThat(pace(EVERY, 0).after(null)).isEqualTo(EVERY);
        assertThat(pace(Duration.ofDays(1), 0).after(null)).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT30S, PT1S",
        "2, PT30S, PT2S",
        "3, PT30S, PT4S",
        "6, PT30S, PT30S",
        "2147483647, PT30S, PT30S",
        "1, PT0.02S, PT0.02S",
        "9, PT1H, PT30S",
        "3, PT3S, PT3S"
    })
    void failuresAreTriedAgainSoonAndThenLessOften(int inARow, Duration every, Duration longest) {
        assertThat(pace(every, 0).afterFailures(inARow)).isEqualTo(longest);
        assertThat(pace(every, 0.5).afterFailures(inARow))
                .isEqualTo(longest.dividedBy(4).multipliedBy(3));
        assertThat(pace(every, Math.nextDown(1.0)).afterFailures(inARow))
                .isBetween(longest.dividedBy(2), longest.dividedBy(2).plusMillis(1));
    }

    private static Pace pace(Duration every, double chance) {
        return new Pace(every, HOUR, new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        });
    }
}
