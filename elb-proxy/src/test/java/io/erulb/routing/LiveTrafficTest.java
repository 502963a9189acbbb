package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.LiveTraffic.Total;
import io.erulb.rules.GraphFigures.Edge;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of what rules counted came of late. */
class LiveTrafficTest {
    private static final String RULES = """
            {"init": "r1", "rules": {
              "r1": {"type": "method", "args": {"method": ["GET"], "succ": "r2"}},
              "r2": {"type": "respond"}}}""";

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private long nanos;
    private LiveTraffic traffic;

    @BeforeEach
    void put() {
        put(RULES);
        traffic = new LiveTraffic(routing, () -> nanos);
    }

    @AfterEach
    void close() {
        traffic.close();
        routing.close();
    }

    private void put(String rules) {
        routing.apply(RoutingChange.builder().putDomain("t.local", rules).build());
    }

    private Domain domain() {
        return routing.current().domains().get("t.local");
    }

    private void requests(int count) {
        RuleGraph graph = domain().graph();
        Walk walk = new Walk();
        for (int i = 0; i < count; i++) {
            graph.decide(RequestFacts.get("http://t.local/"), walk);
            graph.count(walk, i == 0 ? 500 : 200);
        }
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            if (nanos % TimeUnit.SECONDS.toNanos(5) == 0) {
                traffic.remember();
            }
        }
    }

    private double rate() {
        Edge edge = traffic.figures(domain()).edges().get(0);
        assertThat(traffic.total(domain()).rate()).isEqualTo(edge.rate());
        return edge.rate();
    }

    @Test
    void rightAfterTheStartARateIsOverTheTimeSinceThenButNoLessThanASecond() {
        requests(3);
        assertThat(rate()).isEqualTo(3);

        pass(4);
        requests(5);
        assertThat(rate()).isEqualTo(2);
    }

    @Test
    void laterItIsOverTheLastFiveToTenSeconds() {
        requests(100);
        pass(5);
        requests(30);
        assertThat(rate()).isEqualTo(26);

        pass(5);
        assertThat(rate()).isEqualTo(6);
        pass(3);
        assertThat(rate()).isEqualTo(3.75);
        pass(2);
        assertThat(rate()).isZero();
    }

    @Test
    void askingOftenChangesNothing() {
        pass(10);
        requests(10);
        pass(1);
        double once = rate();

        assertThat(rate()).isEqualTo(once).isEqualTo(10.0 / 6);
    }

    @Test
    void itGoesOnOverAChangeOfTheRules() {
        requests(7);
        pass(10);
        requests(12);

        put(RULES.replace("\"respond\"", "\"respond\", \"args\": {\"status\": 204}"));
        pass(1);

        assertThat(rate()).isEqualTo(2);
        assertThat(traffic.total(domain())).isEqualTo(new Total(19, 2, 2));
    }

    @Test
    void aDomainThatWentAndCameBeginsAnew() {
        requests(7);
        pass(10);
        routing.apply(RoutingChange.builder().removeDomain("t.local").build());
        put(RULES);
        requests(5);
        pass(0);

        assertThat(rate()).isEqualTo(1);
        assertThat(traffic.total(domain()).requests()).isEqualTo(5);
    }

    @Test
    void whatWasCountedBeforeItsStartIsNotOfLate() {
        requests(50);
        try (LiveTraffic later = new LiveTraffic(routing, () -> nanos)) {
            assertThat(later.total(domain())).isEqualTo(new Total(50, 1, 0));
        }
    }
}
