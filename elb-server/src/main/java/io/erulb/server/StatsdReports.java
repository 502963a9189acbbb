package io.erulb.server;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.github.jjagged.metrics.reporting.StatsDReporter;
import io.erulb.proxy.TrafficListener;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everything a StatsD server is told: a line for each figure of each proxied request, at once, and the gauges of a
 * registry every ten seconds. A thread of its own looks the server's name up now and then, since that may take long.
 */
final class StatsdReports implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatsdReports.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final int GAUGES_EVERY_BEATS = 2;
    private static final int LOOK_UP_EVERY_BEATS = 6;

    private final StatsdTarget target;
    private final StatsdEmitter emitter;
    private final StatsDReporter gauges;
    private final Thread thread = new Thread(this::run, "elb-statsd-beat");
    private volatile boolean closed;

    private StatsdReports(StatsdTarget target, StatsdEmitter emitter, StatsDReporter gauges) {
        this.target = target;
        this.emitter = emitter;
        this.gauges = gauges;
    }

    /** Reports to the server until closed; every name begins with the given one. */
    static StatsdReports start(HostPort server, String name, MetricRegistry registry) {
        StatsdTarget target = new StatsdTarget(server);
        StatsDReporter gauges = StatsDReporter.forRegistry(registry)
                .prefixedWith(StatsdLines.clean(name))
                .filter((metric, value) -> canBeSent(value))
                .build(server.host(), server.port());
        StatsdReports reports = new StatsdReports(target, StatsdEmitter.start(target, name), gauges);
        reports.thread.setDaemon(true);
        reports.thread.start();
        return reports;
    }

    TrafficListener listener() {
        return emitter;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        emitter.close();
        gauges.close();
    }

    private void run() {
        for (long beat = 0; !closed; beat++) {
            if (beat % LOOK_UP_EVERY_BEATS == 0 || !target.isKnown()) {
                target.lookUp();
            }
            if (beat % GAUGES_EVERY_BEATS == 1) {
                reportGauges();
            }
            LockSupport.parkNanos(this, BEAT.toNanos());
        }
    }

    /** The reporter throws when the name is unknown. */
    void reportGauges() {
        try {
            if (target.isKnown()) {
                gauges.report();
            }
        } catch (RuntimeException unsent) {
            LOG.log(Level.FINE, "gauges were not sent", unsent);
        }
    }

    /** No StatsD understands the {@code NaN} of a gauge without a value, and all take {@code -1} for a step down. */
    private static boolean canBeSent(Metric metric) {
        Object value = metric instanceof Gauge<?> gauge ? gauge.getValue() : null;
        return (value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0;
    }
}
