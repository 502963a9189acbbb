package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.erulb.routing.RoutingChange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is let go of when servers and domains go. */
@Timeout(60)
class RemovalTest {
    private final MetricRegistry metrics = new MetricRegistry();
    private final CountDownLatch completed = new CountDownLatch(2);
    private final CountDownLatch closed = new CountDownLatch(1);
    private ProxyFixture proxy;
    private RawServer leaving;
    private RawServer staying;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        proxy = ProxyFixture.start(
                builder -> builder.metrics(metrics).listener((domain, status, nanos) -> completed.countDown()));
        leaving = RawServer.start((request, exchange) -> {
            exchange.ok("leaving");
            if (exchange.in().read() < 0) {
                closed.countDown();
            }
        });
        staying = RawServer.named("staying");
        proxy.route("leaving.local", leaving).route("staying.local", staying);
        // One connection, so that one I/O thread has all connections to servers.
        client = proxy.client();
        client.get("leaving.local", "/");
        client.get("staying.local", "/");
        completed.await();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        leaving.close();
        staying.close();
    }

    @Test
    void unusedConnectionsToAServerCloseWhenItGoesAndThoseToOthersStay() throws Exception {
        proxy.routing()
                .apply(RoutingChange.builder()
                        .removeUpstream("up-leaving.local")
                        .build());

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        client.get("staying.local", "/");
        assertThat(staying.connections()).isEqualTo(1);
    }

    @Test
    void figuresOfADomainGoWithItAndThoseOfOthersStay() {
        assertThat(metrics.counter("elb.domain.leaving.local.total").getCount()).isEqualTo(1);

        proxy.routing()
                .apply(RoutingChange.builder().removeDomain("leaving.local").build());

        assertThat(metrics.getNames())
                .contains("elb.domain.staying.local.total")
                .noneMatch(name -> name.startsWith("elb.domain.leaving.local."));
    }
}
