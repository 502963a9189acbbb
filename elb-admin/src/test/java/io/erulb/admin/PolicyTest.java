package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How upstreams are balanced, by the API. */
final class PolicyTest {
    private static final String POLICY = "/__erulb__/policy";
    private static final String HASH = "{\"balancer\":{\"type\":\"hash\",\"on\":\"client\"}}";

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private HttpResponse<String> put(String body, String... headers) {
        return elb.callWith(body, "PUT", POLICY, headers);
    }

    @Test
    void whatIsPutIsRead() {
        assertThat(elb.call("GET", POLICY).body()).isEqualTo("{}");

        HttpResponse<String> answer = put("{\"up1\":" + HASH + ",\"up2\":{}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        HttpResponse<String> read = elb.call("GET", POLICY);
        assertThat(read.body()).isEqualTo("{\"up1\":" + HASH + ",\"up2\":{}}");
        assertThat(read.headers().firstValue("ETag"))
                .isEqualTo(answer.headers().firstValue("ETag"))
                .isPresent();
    }

    @Test
    void aFaultIsToldWithItsPlaceAndNothingIsApplied() {
        HttpResponse<String> answer = put("{\"up1\":" + HASH + ",\"up2\":{\"balancer\":{\"type\":\"best\"}}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("{\"policy\":\"up2\",\"field\":\"balancer.type\",\"value\":\"\\\"best\\\"\","
                        + "\"message\":\"expected: one of hash, least_conn, p2c, random, round_robin\"}");
        assertThat(elb.call("GET", POLICY).body()).isEqualTo("{}");
    }

    @Test
    void goesByName() {
        put("{\"up1\":" + HASH + ",\"up2\":{}}");

        assertThat(elb.callWith("[\"up1\",\"none\"]", "DELETE", POLICY).body()).isEqualTo("{\"msg\":\"OK\"}");

        assertThat(elb.call("GET", POLICY).body()).isEqualTo("{\"up2\":{}}");
    }

    @Test
    void aDryRunTellsWhatWouldBe() {
        HttpResponse<String> answer = elb.callWith("{\"up1\":{}}", "PUT", POLICY + "?dry-run=true");

        assertThat(answer.body())
                .contains("\"changes\":[{\"policy\":\"up1\",\"change\":\"add\"}]", "nothing goes by it");
        assertThat(elb.call("GET", POLICY).body()).isEqualTo("{}");
    }

    @Test
    void aLostRaceIsRefused() {
        String tag = elb.call("GET", POLICY).headers().firstValue("ETag").orElseThrow();
        put("{\"up1\":{}}");

        assertThat(put("{\"up1\":" + HASH + "}", "If-Match", tag).statusCode()).isEqualTo(412);
        assertThat(elb.call("GET", POLICY).body()).isEqualTo("{\"up1\":{}}");
    }

    @Test
    void isPartOfTheConfigurationsTag() {
        String before = elb.call("GET", "/__erulb__/config")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        put("{\"up1\":{}}");

        assertThat(elb.call("GET", "/__erulb__/config").headers().firstValue("ETag"))
                .isPresent()
                .get()
                .isNotEqualTo(before);
        assertThat(elb.call("GET", "/__erulb__/upstream").headers().firstValue("ETag"))
                .isPresent();
    }
}
