package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.RequestFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code host}, {@code method} and {@code client}. */
class RequestLineFiltersTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, true",
        "A.Example.:8080, true",
        "b.a.example, false",
        "x.b.example, true",
        "y.x.b.example, true",
        "b.example, false",
        ".b.example, false",
        "xb.example, false",
        "[::1]:80, true",
        "c.example, false"
    })
    void hostIsANameOrBelowAWildcard(String host, boolean matched) {
        String args = "'host': ['A.example.', '*.b.example', '[::1]']";

        assertThat(matches(filter("host", args), RequestFacts.get("http://" + host + "/")))
                .isEqualTo(matched);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "'a:80'", "'a/b'", "'*'", "'a.*'", "'*.'", "['a', '']"})
    void hostRefusesWhatIsNoName(String host) {
        assertThat(filterFaults("host", "'host': " + host))
                .singleElement()
                .asString()
                .contains("rule r1: host: ", "expected: a host name without port");
    }

    @Test
    void methodIsOneOfSomeAndMindsCase() {
        assertThat(matches(filter("method", "'method': ['GET', 'PURGE']"), request("PURGE")))
                .isTrue();
        assertThat(matches(filter("method", "'method': 'GET'"), request("GET"))).isTrue();
        assertThat(matches(filter("method", "'method': 'GET'"), request("get"))).isFalse();
        assertThat(filterFaults("method", "'method': ['GET POST']"))
                .containsExactly(
                        "t.local: rule r1: method: [\"GET POST\"] (expected: method names such as GET or POST)");
    }

    @Test
    void clientIsInOneOfSomeBlocks() {
        String args = "'cidr': ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']";

        assertThat(matches(filter("client", args), request("GET").withClient("10.1.2.3")))
                .isTrue();
        assertThat(matches(filter("client", args), request("GET").withClient("192.0.2.1")))
                .isTrue();
        assertThat(matches(filter("client", args), request("GET").withClient("2001:db8::7")))
                .isTrue();
        assertThat(matches(filter("client", args), request("GET").withClient("192.0.2.2")))
                .isFalse();
    }

    @Test
    void clientNamesEveryBlockItCanNotRead() {
        assertThat(filterFaults("client", "'cidr': ['10.0.0.0/33', 'home', '::1']"))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("/33 (expected: /0 to /32 for 10.0.0.0)"))
                .anyMatch(fault -> fault.contains("home (expected: an IP address or a block"));
    }

    private static RequestFacts request(String method) {
        return RequestFacts.of(method, "http://t.local/");
    }
}
