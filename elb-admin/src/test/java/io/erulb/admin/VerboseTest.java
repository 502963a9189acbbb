package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How servers are, by the API. */
final class VerboseTest {
    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void fill() {
        Map<String, String> servers = new LinkedHashMap<>();
        servers.put("127.0.0.1:81", "");
        servers.put("127.0.0.1:82", "weight=3");
        servers.put("127.0.0.1:83", "drain");
        servers.put("two.test", "");
        elb.routing().apply(RoutingChange.builder().putUpstream("up1", servers).build());
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    private Upstream upstream() {
        return elb.routing().current().upstream("up1");
    }

    private String verbose() {
        return elb.call("GET", "/__erulb__/upstream?verbose").body();
    }

    @Test
    void tellsOfEachAddressHowItIs() {
        Attempt running = upstream().pickBound(upstream().peers().get(1));
        running.answered(200, 12_340_000);

        String told = verbose();

        assertThat(told)
                .startsWith(
                        "{\"up1\":[{\"addr\":\"127.0.0.1:81\",\"name\":\"127.0.0.1:81\",\"weight\":1,\"max_fails\":1,"
                                + "\"fail_timeout\":10,\"peers\":[{\"addr\":\"127.0.0.1:81\",\"state\":\"up\",\"active\":0,"
                                + "\"weight\":1,\"latency_ms\":0,\"fails\":0,\"ejections\":0}]},")
                .contains("{\"addr\":\"127.0.0.1:82\",\"state\":\"up\",\"active\":1,\"weight\":3,\"latency_ms\":12.3,")
                .contains("\"drain\":true,\"peers\":[{\"addr\":\"127.0.0.1:83\",\"state\":\"draining\","
                        + "\"reason\":\"as configured\",")
                .contains("\"name\":\"two.test\"")
                .contains("{\"addr\":\"192.0.2.1:80\",\"state\":\"up\"")
                .contains("{\"addr\":\"192.0.2.2:80\",\"state\":\"up\"");
    }

    @Test
    void tellsWhyAServerIsOutAndSinceWhen() {
        upstream().pickBound(upstream().peers().get(0)).failed(Failure.TIMEOUT);

        assertThat(verbose())
                .containsPattern(
                        "\"addr\":\"127.0.0.1:81\",\"state\":\"failed\",\"reason\":\"1 failure, the last one: TIMEOUT\","
                                + "\"since\":\"20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z\",");
    }

    @Test
    void isNotToldUnlessItIsAsked() {
        assertThat(elb.call("GET", "/__erulb__/upstream").body()).doesNotContain("peers");
        assertThat(elb.call("GET", "/__erulb__/upstream?verbose=false").body()).doesNotContain("peers");
        assertThat(elb.call("GET", "/__erulb__/upstream?verbose=true").body()).contains("peers");
        assertThat(elb.call("GET", "/__erulb__/upstream?verbose=7").statusCode())
                .isEqualTo(400);
    }
}
