package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValueTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/a/b?page=7&q=x%20y")
            .withHeader("X-User", "anna")
            .withHeader("Cookie", "session=s1; other=2")
            .withClient("127.0.0.1");

    @ParameterizedTest
    @CsvSource({
        "client, 127.0.0.1",
        "host, t.local",
        "path, /a/b",
        "header:x-user, anna",
        "header:X-None,",
        "cookie:session, s1",
        "cookie:SESSION,",
        "query:page, 7",
        "query:q, x y",
        "query:none,",
    })
    void namesAValueOfARequest(String written, String value) {
        assertThat(RequestValue.parse(written).of(REQUEST)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user",
                "client:x",
                "path:",
                "Path",
                "header",
                "header:",
                "header:a b",
                "cookie:a;b",
                "query:"
            })
    void anythingElseIsNone(String written) {
        assertThat(RequestValue.parse(written)).isNull();
    }

    @Test
    void isPrintedAsItIsWritten() {
        assertThat(RequestValue.parse("query:a b")).hasToString("query:a b");
        assertThat(RequestValue.parse("client")).hasToString("client");
    }
}
