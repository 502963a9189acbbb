package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.SourceStatus;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private HttpResponse<String> health() {
        return elb.call("GET", "/__erulb__/health");
    }

    @Test
    void isStartingWithAReasonUntilAConfigurationIsInForce() {
        elb.source().report(new SourceStatus("etcd 127.0.0.1:2379", false, null, 0, "connection refused", List.of()));

        HttpResponse<String> answer = health();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"starting\",\"reason\":"
                        + "\"no configuration has come yet from etcd 127.0.0.1:2379: connection refused\"}");
    }

    @Test
    void isReadyWithAnEmptyConfigurationToo() {
        elb.routing().merge(RoutingChange.builder().build(), 1);

        HttpResponse<String> answer = health();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void staysReadyWhenTheSourceIsAway() {
        elb.routing().merge(RoutingChange.builder().build(), 1);
        elb.source().report(new SourceStatus("etcd", false, null, 0, "connection refused", List.of()));

        assertThat(health().statusCode()).isEqualTo(200);
    }
}
