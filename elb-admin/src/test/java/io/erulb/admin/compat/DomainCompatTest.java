package io.erulb.admin.compat;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** GET, PUT and DELETE of domains. */
final class DomainCompatTest {
    private static final String DOMAIN = "/__erulb__/domain";
    private static final String UP1 = toUpstream("up1");
    private static final String UP2 = toUpstream("up2");

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private String domains() {
        return elb.call("GET", DOMAIN).body();
    }

    @Test
    void getAnswersAnEmptyObjectWhenThereAreNone() {
        HttpResponse<String> answer = elb.call("GET", DOMAIN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{}");
    }

    @Test
    void getAnswersWhatWasPut() {
        elb.callWith("{\"t.local\":" + UP1 + ",\"a.local\":" + UP2 + "}", "PUT", DOMAIN);

        assertThat(domains()).isEqualTo("{\"a.local\":" + UP2 + ",\"t.local\":" + UP1 + "}");
    }

    @Test
    void putAnswersTheOriginalsMessage() {
        HttpResponse<String> answer = elb.callWith("{\"t.local\":" + UP1 + "}", "PUT", DOMAIN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
    }

    @Test
    void getShowsMoreThan1024Domains() {
        String body = IntStream.range(0, 1500)
                .mapToObj(i -> "\"d%04d.local\":%s".formatted(i, UP1))
                .collect(Collectors.joining(",", "{", "}"));
        elb.callWith(body, "PUT", DOMAIN);

        assertThat(domains()).isEqualTo(body);
    }

    @Test
    void emptyArraysStayArraysAndMembersKeepTheirOrder() {
        String document =
                "{\"meta\":{\"tags\":[],\"none\":{},\"n\":1.50},\"init\":\"r1\",\"rules\":{\"r1\":{\"args\":{\"servername\":\"up1\",\"X-None\":[]},\"type\":\"backend\"}}}";
        elb.callWith("{\"t.local\": " + document + "}", "PUT", DOMAIN);

        assertThat(domains()).isEqualTo("{\"t.local\":" + document + "}");
    }

    @Test
    void putReplacesTheNamedDomainsAndLeavesOthers() {
        elb.callWith("{\"a.local\":" + UP1 + ",\"b.local\":" + UP1 + "}", "PUT", DOMAIN);

        elb.callWith("{\"b.local\":" + UP2 + "}", "PUT", DOMAIN);

        assertThat(domains()).isEqualTo("{\"a.local\":" + UP1 + ",\"b.local\":" + UP2 + "}");
    }

    @Test
    void putChangesMemoryOnlyUntilADump() {
        elb.callWith("{\"t.local\":" + UP1 + "}", "PUT", DOMAIN);

        assertThat(elb.source().dumps()).isZero();
    }

    @Test
    void deleteRemovesTheNamedDomainsAndUnknownNamesAreFine() {
        elb.callWith("{\"a.local\":" + UP1 + ",\"b.local\":" + UP1 + ",\"c.local\":" + UP1 + "}", "PUT", DOMAIN);

        HttpResponse<String> answer = elb.callWith("[\"a.local\",\"nope\",\"b.local\"]", "DELETE", DOMAIN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(domains()).isEqualTo("{\"c.local\":" + UP1 + "}");
    }
}
