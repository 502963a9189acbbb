package io.erulb.routing;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.GraphFigures;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Traffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the rules in force have counted, and how much of it came of late. A thread remembers all sums every 5 s; a rate is
 * what came since the time before last, so that it tells of the last 5 to 10 s, or of less right after the start. Costs
 * requests nothing. Safe for use by many threads.
 */
public final class LiveTraffic implements AutoCloseable {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A shorter time would make much of a single request. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final double SECOND_NANOS = 1e9;

    private final LiveRouting routing;
    private final LongSupplier nanoClock;
    private final Thread thread = new Thread(this::run, "elb-traffic");
    private volatile Moment last;
    private volatile Moment beforeLast;

    LiveTraffic(LiveRouting routing, LongSupplier nanoClock) {
        this.routing = routing;
        this.nanoClock = nanoClock;
        this.last = now();
        this.beforeLast = last;
        thread.setDaemon(true);
    }

    /** The traffic of what a routing has in force, from now on. */
    public static LiveTraffic of(LiveRouting routing) {
        LiveTraffic traffic = new LiveTraffic(requireNonNull(routing, "routing"), System::nanoTime);
        traffic.thread.start();
        return traffic;
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(EVERY_NANOS);
                remember();
            }
        } catch (InterruptedException closed) {
            // Nothing is remembered any more.
        }
    }

    /**
     * What was counted at a moment.
     *
     * @param traffic of those domains that had requests, by name
     */
    private record Moment(long nanos, Map<String, Traffic> traffic) {}

    /**
     * Requests of a domain.
     *
     * @param requests that came to its first rule since that is counted
     * @param errors those of them that were answered with 500 or above
     * @param rate requests a second of late
     */
    public record Total(long requests, long errors, double rate) {}

    private Moment now() {
        Map<String, Traffic> traffic = new HashMap<>();
        long nanos = nanoClock.getAsLong();
        routing.current().domains().forEach((name, domain) -> {
            if (domain.graph().requests() > 0) {
                traffic.put(name, domain.graph().traffic());
            }
        });
        return new Moment(nanos, traffic);
    }

    void remember() {
        beforeLast = last;
        last = now();
    }

    /** The figures of a domain's rules and edges. */
    public GraphFigures figures(Domain domain) {
        Moment then = beforeLast;
        return domain.graph().traffic().figures(then.traffic().get(domain.name()), Duration.ofNanos(since(then)));
    }

    /** The requests of a domain; cheaper than its {@link #figures}. */
    public Total total(Domain domain) {
        Moment then = beforeLast;
        RuleGraph graph = domain.graph();
        Traffic before = then.traffic().get(domain.name());
        long late = before == null ? graph.requests() : graph.requestsSince(before);
        return new Total(graph.requests(), graph.errors(), late * SECOND_NANOS / since(then));
    }

    private long since(Moment then) {
        return Math.max(LEAST_NANOS, nanoClock.getAsLong() - then.nanos());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
