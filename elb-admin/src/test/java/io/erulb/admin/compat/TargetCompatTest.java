package io.erulb.admin.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.admin.testing.Requests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the data port, under {@code /__erulb__/}, whatever the Host; the Content-Type does not matter. */
final class TargetCompatTest {
    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.local", "127.0.0.1:8080", "a.b:1", ""})
    void theApiAnswersWhateverTheHost(String host) {
        String answer = elb.raw("GET /__erulb__/domain HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n{}");
    }

    @Test
    void anAbsoluteTargetIsTheApiToo() {
        String answer = elb.raw(Requests.plain("GET", "http://t.local/__erulb__/domain"));

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/__erulb__",
                "/__erulb__/x/y",
                "/__erulb__/domain/",
                "/__erulb__//domain",
                "//__erulb__/domain",
                "/x/__erulb__/domain",
                "/%5f_erulb__/domain",
                "/__ERULB__/domain",
                "/__erulb__x/domain",
            })
    void otherPathsAreADomains(String path) {
        String answer = elb.raw(Requests.plain("GET", path));

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\r\n\r\nnext /");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/__erulb__/nothing",
                "/__erulb__/Domain",
                "/__erulb__/%64omain",
                "/__erulb__/domain;x=1",
                "/__erulb__/x%2Fy"
            })
    void unknownResourcesAre404(String path) {
        String answer = elb.raw(Requests.plain("GET", path));

        assertThat(answer).startsWith("HTTP/1.1 404 ").endsWith("{\"msg\":\"there is no such resource\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"})
    void theContentTypeDoesNotMatter(String type) {
        int status = elb.callWith("{\"up1\":{\"127.0.0.1\":\"\"}}", "PUT", "/__erulb__/upstream", "Content-Type", type)
                .statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(elb.routing().current().upstreams()).containsKey("up1");
    }
}
