package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.SourceStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatusTest {
    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private String status() {
        return elb.call("GET", "/__erulb__/status").body();
    }

    @Test
    void tellsWhatIsInForceAndHowTheSourceIsDoing() {
        elb.routing()
                .merge(
                        RoutingChange.builder()
                                .putDomain("t.local", toUpstream("up1"))
                                .putServer("up1", "127.0.0.1:1", "")
                                .build(),
                        42);

        assertThat(status())
                .isEqualTo("{\"version\":1,\"source\":{\"description\":\"a fake\",\"connected\":true,"
                        + "\"age_ms\":1500,\"revision\":7},\"revision\":42,\"domains\":1,\"upstreams\":1,"
                        + "\"problems\":[],\"stray_keys\":[\"/ELB/rules\"]}");
    }

    @Test
    void tellsWhyTheSourceIsAway() {
        elb.source().report(new SourceStatus("etcd", false, null, 0, "connection refused", List.of()));

        assertThat(status())
                .contains("\"source\":{\"description\":\"etcd\",\"connected\":false,\"revision\":0,"
                        + "\"error\":\"connection refused\"}");
    }

    @Test
    void listsProblemsWithTheirPlaceAndTime() {
        Instant before = Instant.now();

        elb.routing()
                .merge(
                        RoutingChange.builder()
                                .putServer("up1", "127.0.0.1:1", "weight=0")
                                .build(),
                        42);

        JsonObject problem = JsonParser.parseString(status())
                .getAsJsonObject()
                .getAsJsonArray("problems")
                .get(0)
                .getAsJsonObject();
        assertThat(Instant.parse(problem.remove("since").getAsString())).isBetween(before, Instant.now());
        assertThat(problem.toString())
                .isEqualTo("{\"upstream\":\"up1\",\"server\":\"127.0.0.1:1\",\"field\":\"weight\",\"value\":\"0\","
                        + "\"message\":\"expected: an integer from 1 to 65535\",\"revision\":42}");
    }
}
