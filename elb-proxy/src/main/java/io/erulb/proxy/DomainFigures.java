package io.erulb.proxy;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Figures per domain in a metric registry: {@code elb.domain.NAME.total}, {@code .status.CODE} (requests) and
 * {@code .cost} (milliseconds of upstream time, rounded down per request). Counters are striped; safe for many threads.
 */
final class DomainFigures implements TrafficListener {
    private static final int STATUSES = 1000;

    private final MetricRegistry registry;
    private final Map<String, Figures> domains = new ConcurrentHashMap<>();

    DomainFigures(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void completed(String domain, int status, long upstreamNanos) {
        Figures figures = domains.get(domain);
        if (figures == null) {
            figures = domains.computeIfAbsent(domain, Figures::new);
        }
        figures.count(status, upstreamNanos);
    }

    /** Forgets the domains that are not among these. */
    void retain(Set<String> names) {
        domains.forEach((name, figures) -> {
            if (!names.contains(name) && domains.remove(name, figures)) {
                figures.remove();
            }
        });
    }

    /** The counters of one domain. */
    private final class Figures {
        private final String prefix;
        private final Counter total;
        private final Counter cost;
        private final AtomicReferenceArray<@Nullable Counter> statuses = new AtomicReferenceArray<>(STATUSES);

        Figures(String domain) {
            this.prefix = MetricRegistry.name("elb.domain", domain);
            this.total = registry.counter(prefix + ".total");
            this.cost = registry.counter(prefix + ".cost");
        }

        void remove() {
            registry.removeMatching((name, metric) -> name.startsWith(prefix + "."));
        }

        void count(int status, long nanos) {
            total.inc();
            cost.inc(nanos / 1_000_000);
            Counter counter = statuses.get(status);
            if (counter == null) {
                counter = registry.counter(prefix + ".status." + status);
                statuses.set(status, counter);
            }
            counter.inc();
        }
    }
}
