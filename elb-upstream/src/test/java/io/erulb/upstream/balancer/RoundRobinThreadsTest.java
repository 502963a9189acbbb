package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.Threads;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class RoundRobinThreadsTest {

    @Test
    void aWholePeriodIsSharedExactlyByWeightWhateverTheThreads() {
        AtomicIntegerArray picks = picks(Servers.upstream("a weight=5", "b", "c weight=2"), 4, 100_000);

        assertThat(picks.get(0)).isEqualTo(250_000);
        assertThat(picks.get(1)).isEqualTo(50_000);
        assertThat(picks.get(2)).isEqualTo(100_000);
    }

    @Test
    void soIsOneTooLongToHold() {
        AtomicIntegerArray picks = picks(Servers.upstream("a weight=49999", "b weight=50000", "c"), 4, 50_000);

        assertThat(picks.get(0)).isEqualTo(2 * 49_999);
        assertThat(picks.get(1)).isEqualTo(2 * 50_000);
        assertThat(picks.get(2)).isEqualTo(2);
    }

    private static AtomicIntegerArray picks(Upstream upstream, int threads, int times) {
        AtomicIntegerArray picks = new AtomicIntegerArray(26);
        Threads.run(threads, times, () -> {
            Attempt attempt = Servers.pick(upstream, null);
            picks.incrementAndGet(Servers.host(attempt).charAt(0) - 'a');
            attempt.succeeded();
        });
        return picks;
    }
}
