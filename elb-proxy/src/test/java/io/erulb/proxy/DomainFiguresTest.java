package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a domain's requests come to, in a registry of metrics. */
class DomainFiguresTest {
    private static final long MILLI = 1_000_000;

    private final MetricRegistry registry = new MetricRegistry();
    private final DomainFigures figures = new DomainFigures(registry, domain -> !domain.equals("gone.local"));

    @Test
    void countsRequestsTheirStatusesAndTheirMilliseconds() {
        figures.completed("t.local", 200, 12 * MILLI);
        figures.completed("t.local", 200, MILLI / 2);
        figures.completed("t.local", 502, 3 * MILLI);

        assertThat(count("t.local.total")).isEqualTo(3);
        assertThat(count("t.local.status.200")).isEqualTo(2);
        assertThat(count("t.local.status.502")).isEqualTo(1);
        assertThat(count("t.local.cost")).isEqualTo(15);
    }

    @Test
    void losesNoRequestWhenThreadsMeetNewStatusesAtOnce() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                awaitQuietly(start);
                for (int n = 0; n < 100_000; n++) {
                    figures.completed("t.local", 200 + n % 300, 0);
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(count("t.local.total")).isEqualTo(400_000);
        long byStatus = 0;
        for (int status = 200; status < 500; status++) {
            byStatus += count("t.local.status." + status);
        }
        assertThat(byStatus).isEqualTo(400_000);
    }

    @Test
    void keepsNothingOfARequestThatEndsWhenItsDomainIsGone() {
        figures.completed("gone.local", 200, MILLI);

        assertThat(registry.getNames()).isEmpty();
    }

    @Test
    void forgetsADomainThatIsGoneAndNoneWhoseNameBeginsLikeIt() {
        figures.completed("t", 200, MILLI);
        figures.completed("t.local", 200, MILLI);

        figures.retain(Set.of("t.local"));

        assertThat(registry.getNames())
                .containsExactlyInAnyOrder(
                        "elb.domain.t.local.total", "elb.domain.t.local.cost", "elb.domain.t.local.status.200");
    }

    private long count(String name) {
        return registry.counter("elb.domain." + name).getCount();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
