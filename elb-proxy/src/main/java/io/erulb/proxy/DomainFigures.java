package io.erulb.proxy;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Figures per domain in a metric registry: {@code elb.domain.NAME.total}, {@code .status.CODE} (requests) and
 * {@code .cost} (milliseconds of upstream time, rounded down per request). Counters are striped; safe for many threads.
 */
final class DomainFigures implements TrafficListener {
    private final MetricRegistry registry;
    private final Predicate<String> known;
    private final Map<String, Figures> domains = new ConcurrentHashMap<>();

    /** @param known whether there is such a domain at present; a request may end when its domain is gone */
    DomainFigures(MetricRegistry registry, Predicate<String> known) {
        this.registry = registry;
        this.known = known;
    }

    @Override
    public void completed(String domain, int status, long upstreamNanos) {
        Figures figures = domains.get(domain);
        if (figures == null) {
            figures = domains.computeIfAbsent(domain, Figures::new);
            // Looked at after they are there, so that either this or who removes the domain sees them.
            if (!known.test(domain)) {
                forget(domain, figures);
                return;
            }
        }
        figures.count(status, upstreamNanos);
    }

    /** Forgets the domains that are not among these. */
    void retain(Set<String> names) {
        domains.forEach((name, figures) -> {
            if (!names.contains(name)) {
                forget(name, figures);
            }
        });
    }

    private void forget(String name, Figures figures) {
        if (domains.remove(name, figures)) {
            figures.remove();
        }
    }

    /** The counters of one domain: few bytes, since there may be many domains and each costs a request a look at them. */
    private final class Figures {
        private final String prefix;
        private final Counter total;
        private final Counter cost;

        /** Replaced when a status is seen for the first time. */
        private volatile StatusCount[] statuses = {};

        Figures(String domain) {
            this.prefix = MetricRegistry.name("elb.domain", domain);
            this.total = registry.counter(prefix + ".total");
            this.cost = registry.counter(prefix + ".cost");
        }

        void remove() {
            registry.remove(prefix + ".total");
            registry.remove(prefix + ".cost");
            for (StatusCount known : statuses) {
                registry.remove(prefix + ".status." + known.status);
            }
        }

        void count(int status, long nanos) {
            total.inc();
            long millis = nanos / 1_000_000;
            if (millis > 0) {
                cost.inc(millis);
            }
            requests(status).inc();
        }

        private Counter requests(int status) {
            for (StatusCount known : statuses) {
                if (known.status == status) {
                    return known.requests;
                }
            }
            return add(status);
        }

        private synchronized Counter add(int status) {
            Counter counter = registry.counter(prefix + ".status." + status);
            StatusCount[] more = Arrays.copyOf(statuses, statuses.length + 1);
            more[statuses.length] = new StatusCount(status, counter);
            statuses = more;
            return counter;
        }
    }

    /** How many requests ended with a status. */
    private record StatusCount(int status, Counter requests) {}
}
