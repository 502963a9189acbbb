package io.erulb.server;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.github.jjagged.metrics.reporting.StatsDReporter;
import io.erulb.proxy.TrafficListener;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everything a StatsD server is told: a line for each figure of each proxied request, at once, and the gauges of a
 * registry every ten seconds. A thread of its own looks the server's name up now and then, since that may take long.
 */
final class StatsdReports implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatsdReports.class.getName());
    private static final Duration GAUGES_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_UP_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(5);

    private final StatsdTarget target;
    private final StatsdEmitter emitter;
    private final StatsDReporter gauges;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(StatsdReports::daemon);

    private StatsdReports(StatsdTarget target, StatsdEmitter emitter, StatsDReporter gauges) {
        this.target = target;
        this.emitter = emitter;
        this.gauges = gauges;
    }

    /** Reports to the server until closed; every name begins with the given one. */
    static StatsdReports start(HostPort server, String name, MetricRegistry registry) {
        StatsdTarget target = new StatsdTarget(server);
        StatsDReporter gauges = StatsDReporter.forRegistry(registry)
                .prefixedWith(name)
                .filter((metric, value) -> isWholeNumber(value))
                .build(server.host(), server.port());
        StatsdReports reports = new StatsdReports(target, StatsdEmitter.start(target, name), gauges);
        reports.timer.execute(reports::lookUp);
        reports.every(GAUGES_EVERY, reports::reportGauges);
        return reports;
    }

    TrafficListener listener() {
        return emitter;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        emitter.close();
        gauges.close();
    }

    private void every(Duration period, Runnable work) {
        timer.scheduleWithFixedDelay(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookUp() {
        target.lookUp();
        Duration pause = target.isKnown() ? LOOK_UP_EVERY : LOOK_UP_AGAIN;
        timer.schedule(this::lookUp, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The reporter throws when the name is unknown. */
    private void reportGauges() {
        try {
            if (target.isKnown()) {
                gauges.report();
            }
        } catch (RuntimeException unsent) {
            LOG.log(Level.FINE, "gauges were not sent", unsent);
        }
    }

    /** A gauge without a value would be sent as {@code NaN}, which no StatsD understands. */
    private static boolean isWholeNumber(Metric metric) {
        Object value = metric instanceof Gauge<?> gauge ? gauge.getValue() : null;
        return value instanceof Long || value instanceof Integer;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "elb-statsd-timer");
        thread.setDaemon(true);
        return thread;
    }
}
