package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFactsTest {
    @Test
    void holdsWhatFiltersSee() {
        RequestFacts request = RequestFacts.of("POST", "https://T.Local.:8443/a/../blog%20a?x=1&y=%32#f")
                .withHeader("User-Agent", "curl")
                .withHeader("Accept", "a")
                .withHeader("accept", "b")
                .withClient("2001:db8::1");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.scheme()).isEqualTo("https");
        assertThat(request.host()).isEqualTo("t.local");
        assertThat(request.path()).isEqualTo("/blog a");
        assertThat(request.query()).isEqualTo("x=1&y=%32");
        assertThat(request.header("user-agent")).isEqualTo("curl");
        assertThat(request.header("Cookie")).isNull();
        assertThat(request.headers("ACCEPT")).containsExactly("a", "b");
        assertThat(request.client().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(request).hasToString("POST https://t.local/blog%20a?x=1&y=%32");
    }

    @Test
    void leavesTheOriginalAlone() {
        RequestFacts request = RequestFacts.get("http://t.local");

        request.withHeader("A", "b");

        assertThat(request.header("A")).isNull();
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.client().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "ftp://t.local/", "http://t.local/%zz", "http://t.local/.."})
    void refusesAUrlItCanNotRead(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestFacts.get(url))
                .withMessageContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "1.2.3", "1.2.3.256", "1.2.3.4/8", "::g", ""})
    void refusesAClientThatIsNoAddress(String client) {
        RequestFacts request = RequestFacts.get("http://t.local/");

        assertThatIllegalArgumentException().isThrownBy(() -> request.withClient(client));
    }

    @ParameterizedTest
    @CsvSource({
        "a=1, a, 1",
        "b=2; a=1, a, 1",
        "aa=2;a=1;a=3, a, 1",
        "a=, a, ''",
        "a=b=c, a, b=c",
        "A=1, a,",
        "a, a,",
        "'', a,",
        "'a=\"1\" ; b=2', a, '\"1\"'"
    })
    void readsCookies(String header, String name, @Nullable String value) {
        RequestFacts request = RequestFacts.get("http://t.local/").withHeader("Cookie", "x=y");

        assertThat(request.withHeader("Cookie", header).cookie(name)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "a=1, a, 1",
        "b=2&a=1&a=3, a, 1",
        "aa=1, a,",
        "a, a, ''",
        "b&a=1, a, 1",
        "a=b%20c+d%2B, a, b c d+",
        "%61=1, a, 1",
        "a+b=1, a b, 1",
        "a=%c3%a4, a, ä",
        "a=%zz%4, a, %zz%4",
        "'', a,",
        "b=a=1, a,"
    })
    void readsQueryParameters(String query, String name, @Nullable String value) {
        assertThat(RequestFacts.get("http://t.local/?" + query).queryParameter(name))
                .isEqualTo(value);
    }
}
