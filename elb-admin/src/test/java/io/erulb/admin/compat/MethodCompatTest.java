package io.erulb.admin.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.admin.testing.Requests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other methods: 405 with Allow. */
final class MethodCompatTest {
    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST    | domain   | GET, HEAD, PUT, DELETE",
                "PATCH   | upstream | GET, HEAD, PUT, DELETE",
                "OPTIONS | domain   | GET, HEAD, PUT, DELETE",
                "TRACE   | domain   | GET, HEAD, PUT, DELETE",
                "get     | domain   | GET, HEAD, PUT, DELETE",
                "GET     | dump     | PUT",
                "HEAD    | dump     | PUT",
                "DELETE  | status   | GET, HEAD",
                "PUT     | health   | GET, HEAD",
            })
    void otherMethodsAre405WithAllow(String method, String resource, String allowed) {
        String answer = elb.raw(Requests.plain(method, "/__erulb__/" + resource));

        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: " + allowed + "\r\n");
    }

    @Test
    void headAnswersTheHeadOfGet() {
        String answer = elb.raw(Requests.plain("HEAD", "/__erulb__/domain"));

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\nContent-Length: 2\r\n")
                .endsWith("\r\n\r\n");
    }
}
