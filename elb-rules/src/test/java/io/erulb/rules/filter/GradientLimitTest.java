package io.erulb.rules.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.filter.GradientLimit.Settings;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** How a limit follows response times, in virtual time. */
class GradientLimitTest {
    private final Nanos clock = Nanos.beforeTheWrap();
    private final GradientLimit limit = new GradientLimit(new Settings(100, 10, 1_000, 1.5), clock.getAsLong());

    /** One window of ten requests that took as long, of so many under way at once. */
    private int window(int millis, int underWay) {
        for (int i = 0; i < GradientLimit.LEAST_SAMPLES; i++) {
            clock.pass(Duration.ofNanos(GradientLimit.WINDOW_NANOS / GradientLimit.LEAST_SAMPLES));
            limit.ended(Duration.ofMillis(millis).toNanos(), underWay, clock.getAsLong());
        }
        return limit.limit();
    }

    @Test
    void reckonsAsItsDescriptionSays() {
        for (int i = 0; i < 10; i++) {
            window(20, 1);
        }
        assertThat(limit.limit()).isEqualTo(100);

        assertThat(window(25, 100)).isEqualTo(102);
    }

    @Test
    void shrinksByAThirteenthAtMost() {
        for (int i = 0; i < 10; i++) {
            window(20, 1);
        }

        assertThat(window(60, 100)).isEqualTo(92);
        assertThat(window(60_000, 100)).isEqualTo(84);
    }

    @Test
    void aLimitThatIsHalfUsedStays() {
        for (int i = 0; i < 20; i++) {
            assertThat(window(20, 49)).isEqualTo(100);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(window(2_000, 49)).isEqualTo(100);
        }
    }

    @Test
    void timesThatWereTooLongAreForgottenSooner() {
        for (int i = 0; i < 10; i++) {
            window(1_000, 1);
        }
        for (int i = 0; i < 20; i++) {
            window(10, 1);
        }

        assertThat(window(800, 100)).isLessThan(100);
    }

    @Test
    void staysWithinItsBounds() {
        for (int i = 0; i < 1_000; i++) {
            window(20, 1_000);
        }
        assertThat(limit.limit()).isEqualTo(1_000);

        for (int i = 0; i < 120; i++) {
            window(20 << Math.min(i, 20), 1_000);
        }
        assertThat(limit.limit()).isEqualTo(10);
    }

    @Test
    void aWindowHasItsTimeAndItsRequests() {
        for (int i = 0; i < 9; i++) {
            clock.pass(Duration.ofSeconds(1));
            limit.ended(1_000_000, 100, clock.getAsLong());
        }
        assertThat(limit.limit()).isEqualTo(100);

        limit.ended(1_000_000, 100, clock.getAsLong());
        assertThat(limit.limit()).isEqualTo(102);
        for (int i = 0; i < 1_000; i++) {
            limit.ended(1_000_000, 100, clock.getAsLong());
        }
        assertThat(limit.limit()).isEqualTo(102);
    }

    @Test
    void endsOfNoTimeAtAllDoNoHarm() {
        for (int i = 0; i < 100; i++) {
            window(0, 1_000);
        }

        assertThat(limit.limit()).isBetween(100, 1_000);
    }

    /** A server of 80 places, each busy for 20 ms, before which whatever is too much waits. */
    @Test
    void keepsTheQueueOfAServerShortThatGetsMoreThanItCan() {
        IntUnaryOperator server = underWay -> 20 * Math.max(80, underWay) / 80;
        for (int i = 0; i < 20; i++) {
            window(server.applyAsInt(30), 30);
        }

        for (int i = 0; i < 50; i++) {
            window(server.applyAsInt(limit.limit()), limit.limit());
        }

        assertThat(limit.limit()).isBetween(80, 200);
    }

    @Test
    void reachesItsBoundWithManyThreads() throws Exception {
        for (int i = 0; i < 10; i++) {
            window(20, 1);
        }

        Threads.sum(4, () -> {
            for (int i = 0; i < 50_000; i++) {
                clock.pass(Duration.ofMillis(1));
                limit.ended(Duration.ofMillis(20).toNanos(), 1_000, clock.getAsLong());
            }
            return 0L;
        });

        assertThat(limit.limit()).isEqualTo(1_000);
    }
}
