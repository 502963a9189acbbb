package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domains and upstreams in one body. */
final class ConfigTest {
    private static final String CONFIG = "/__erulb__/config";

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    @Test
    void whatIsReadCanBeWrittenBack() {
        String body = "{\"domains\":{\"a.local\":" + toUpstream("up1")
                + "},\"upstreams\":{\"up1\":{\"127.0.0.1:81\":\"weight=2\",\"127.0.0.1:80\":\"\"}},"
                + "\"policies\":{\"up1\":{\"balancer\":{\"type\":\"least_conn\"}}}}";

        assertThat(put(body).body()).isEqualTo("{\"msg\":\"OK\"}");

        assertThat(elb.call("GET", CONFIG).body()).isEqualTo(body);
        long version = elb.routing().current().version();
        put(body);
        assertThat(elb.routing().current().version()).isEqualTo(version);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(elb.call("GET", CONFIG).body()).isEqualTo("{\"domains\":{},\"upstreams\":{},\"policies\":{}}");
    }

    @Test
    void nullRemovesAndWhatIsNotNamedStays() {
        put(
                "{\"domains\":{\"a.local\":" + toUpstream("up1") + ",\"b.local\":" + toUpstream("up1")
                        + "},\"upstreams\":{\"up1\":{\"127.0.0.1:81\":\"\"},\"up2\":{\"127.0.0.1:82\":\"\"}},\"policies\":{\"up1\":{},\"up2\":{}}}");

        put("{\"domains\":{\"a.local\":null},\"upstreams\":{\"up2\":null},\"policies\":{\"up2\":null}}");

        assertThat(elb.routing().current().domains()).containsOnlyKeys("b.local");
        assertThat(elb.routing().current().upstreams()).containsOnlyKeys("up1");
        assertThat(elb.routing().current().policies()).containsOnlyKeys("up1");
    }

    @Test
    void aFaultInOnePartKeepsTheOtherFromBeingApplied() {
        HttpResponse<String> answer = put("{\"domains\":{\"a.local\":" + toUpstream("up1")
                + "},\"upstreams\":{\"up1\":{\"127.0.0.1:81\":\"weight=none\"}}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"upstream\":\"up1\"");
        assertThat(elb.routing().current().domains()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | the body is []",
                "{\"domain\":{}} | \"domain\\\" is no part of the configuration",
                "{\"domains\":null} | the body is null",
                "{\"upstreams\":[1]} | the body is [1]",
                "{\"domains\":{},\"domains\":{}} | stands twice",
                "{\"domains\":{\"a\":null,\"a\":null}} | stands twice",
            })
    void refusesOtherShapes(String body, String reason) {
        HttpResponse<String> answer = put(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body().replace("\\", "")).contains(reason.replace("\\", ""));
    }

    private HttpResponse<String> put(String body) {
        return elb.callWith(body, "PUT", CONFIG);
    }
}
