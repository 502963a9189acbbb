package io.erulb.admin.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** GET, PUT and DELETE of upstreams. */
final class UpstreamCompatTest {
    private static final String UPSTREAM = "/__erulb__/upstream";

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private HttpResponse<String> put(String body) {
        return elb.callWith(body, "PUT", UPSTREAM);
    }

    private String upstreams() {
        return elb.call("GET", UPSTREAM).body();
    }

    @Test
    void getAnswersAnEmptyObjectWhenThereAreNone() {
        assertThat(upstreams()).isEqualTo("{}");
    }

    @Test
    void getShowsAServerAsTheOriginalDoes() {
        put("{\"up1\":{\"127.0.0.1:8089\":\"\"}}");

        assertThat(upstreams())
                .isEqualTo(
                        "{\"up1\":[{\"addr\":\"127.0.0.1:8089\",\"name\":\"127.0.0.1:8089\",\"weight\":1,\"max_fails\":1,\"fail_timeout\":10}]}");
    }

    @Test
    void getShowsEveryParameterThatIsSet() {
        put("{\"up1\":{\"127.0.0.1\":\"weight=5 max_fails=0 fail_timeout=1500ms max_conns=7 down=true backup\"}}");

        assertThat(upstreams())
                .isEqualTo(
                        "{\"up1\":[{\"addr\":\"127.0.0.1:80\",\"name\":\"127.0.0.1\",\"weight\":5,\"max_fails\":0,\"fail_timeout\":1.5,\"max_conns\":7,\"down\":true,\"backup\":true}]}");
    }

    @Test
    void addrIsAnArrayWhenANameResolvesToSeveral() {
        put("{\"up1\":{\"two.test:81\":\"\"}}");

        assertThat(upstreams())
                .startsWith("{\"up1\":[{\"addr\":[\"192.0.2.1:81\",\"192.0.2.2:81\"],\"name\":\"two.test:81\",");
    }

    @Test
    void addrIsAnEmptyArrayWhileANameDoesNotResolve() {
        put("{\"up1\":{\"nowhere.test\":\"\"}}");

        assertThat(upstreams()).startsWith("{\"up1\":[{\"addr\":[],\"name\":\"nowhere.test\",");
    }

    @Test
    void addrHasBracketsForAnIpv6Address() {
        put("{\"up1\":{\"six.test:81\":\"\"}}");

        assertThat(upstreams()).contains("\"addr\":\"[2001:db8:0:0:0:0:0:1]:81\"");
    }

    @Test
    void serversKeepTheirOrderAndAnUpstreamWithoutServersIsAnEmptyArray() {
        put("{\"up2\":{},\"up1\":{\"127.0.0.9\":\"\",\"127.0.0.1\":\"\"}}");

        assertThat(upstreams())
                .containsSubsequence("\"up1\":[", "\"name\":\"127.0.0.9\"", "\"name\":\"127.0.0.1\"", "\"up2\":[]}");
    }

    @Test
    void putReplacesTheNamedUpstreamsServersAtOnceAndLeavesOthers() {
        put("{\"up1\":{\"127.0.0.1:1\":\"\"},\"up2\":{\"127.0.0.1:2\":\"\"}}");

        HttpResponse<String> answer = put("{\"up1\":{\"127.0.0.1:8088\":\"\",\"127.0.0.1:8089\":\"weight=2\"}}");

        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(upstreams())
                .startsWith("{\"up1\":[{\"addr\":\"127.0.0.1:8088\",")
                .containsSubsequence("127.0.0.1:8089", "\"weight\":2", "],\"up2\":[{\"addr\":\"127.0.0.1:2\",");
    }

    @Test
    void putIsAllOrNothing() {
        put("{\"up1\":{\"127.0.0.1:1\":\"\"}}");
        String before = upstreams();

        HttpResponse<String> answer = put("{\"up1\":{\"127.0.0.1:2\":\"\"},\"up2\":{\"127.0.0.1:3\":\"weight=0\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(upstreams()).isEqualTo(before);
    }

    @Test
    void deleteAnswersForEachName() {
        put("{\"up1\":{\"127.0.0.1:1\":\"\"},\"up2\":{\"127.0.0.1:2\":\"\"}}");

        HttpResponse<String> answer = elb.callWith("[\"up1\",\"nope\"]", "DELETE", UPSTREAM);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"up1\":true,\"nope\":404}");
        assertThat(elb.routing().current().upstreams()).containsOnlyKeys("up2");
    }
}
