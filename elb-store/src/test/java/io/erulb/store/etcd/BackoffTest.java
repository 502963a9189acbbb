package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackoffTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void doublesUpToItsCapAndStaysWithinHalfOfIt(long seed) {
        Backoff backoff = new Backoff(new Random(seed));

        for (long millis : new long[] {100, 200, 400, 800, 1600, 3000, 3000, 3000}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
        }
        backoff.reset();
        assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
