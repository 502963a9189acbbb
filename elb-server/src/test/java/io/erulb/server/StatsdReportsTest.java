package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatsdReportsTest {
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void sendsGaugesBesideTheLinesOfRequests() throws Exception {
        registry.registerGauge("upstreams.up", () -> 3L);
        registry.registerGauge("jvm.heap.usage", () -> Double.NaN);
        registry.registerGauge("jvm.non-heap.max", () -> -1L);
        registry.counter("elb.domain.example.com").inc();
        try (UdpReceiver receiver = UdpReceiver.open();
                StatsdReports reports = StatsdReports.start(receiver.address(), "ELB", registry)) {
            reports.reportGauges();
            reports.listener().completed("example.com", 200, 0);

            List<String> lines = receiver.lines(4);
            assertThat(lines)
                    .contains("ELB.upstreams.up:3|g", "ELB.example_com.total:1|c")
                    .noneMatch(line -> line.contains("NaN") || line.contains(":-1") || line.contains("elb.domain"));
        }
    }

    @Test
    void gaugesAndLinesHaveOneFirstName() throws Exception {
        registry.registerGauge("upstreams.up", () -> 3L);
        try (UdpReceiver receiver = UdpReceiver.open();
                StatsdReports reports = StatsdReports.start(receiver.address(), "eu:1", registry)) {
            reports.reportGauges();
            reports.listener().completed("example.com", 200, 0);

            assertThat(receiver.lines(4)).contains("eu_1.upstreams.up:3|g", "eu_1.example_com.total:1|c");
        }
    }

    @Test
    void anUnknownNameKillsNothing() {
        registry.registerGauge("upstreams.up", () -> 3L);

        try (StatsdReports reports = StatsdReports.start(new HostPort("no-such-host.invalid", 8125), "ELB", registry)) {
            reports.reportGauges();
            reports.listener().completed("example.com", 200, 0);
        }
    }
}
