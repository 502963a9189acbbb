package io.erulb.rules.compat;

import static io.erulb.rules.Graphs.terminal;
import static io.erulb.rules.Graphs.terminalFaults;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Decision;
import io.erulb.rules.HeaderField;
import io.erulb.rules.RequestFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendCompatTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream1",
                "my_up.v2",
                "127.0.0.1:8088",
                "127.0.0.1",
                "host.example",
                "host.example:80",
                "[::1]:80"
            })
    void servernameIsAnUpstreamOrAServer(String name) {
        assertThat(forward("'servername': '" + name + "'")).isEqualTo(new Decision.Forward(name, null, List.of()));
        assertThat(terminal("backend", "'servername': '" + name + "'").upstreams())
                .containsExactly(name);
    }

    @Test
    void servernameAsAnObjectWithOneKeyIsThatKey() {
        assertThat(forward("'servername': {'up1': ''}").upstream()).isEqualTo("up1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "'a b'",
                "'http://a'",
                "'a/b'",
                "'a:0'",
                "'a:65536'",
                "'a:b:80'",
                "{}",
                "{'a': '', 'b': ''}",
                "1",
                "null"
            })
    void anyOtherServernameIsRefused(String value) {
        assertThat(terminalFaults("backend", "'servername': " + value))
                .singleElement()
                .asString()
                .startsWith("t.local: rule r1: servername: ")
                .contains("expected");
    }

    @Test
    void aMissingServernameIsRefused() {
        assertThat(terminalFaults("backend", "'X-A': '1'"))
                .containsExactly("t.local: rule r1: servername: missing (expected: a string)");
    }

    @Test
    void otherArgumentsAreRequestHeaders() {
        Decision.Forward forward = forward(
                "'servername': 'up1', 'X-Text': 'a', 'X-Number': 1.50, 'X-Flag': true, 'X-List': ['a', 2, false]");

        assertThat(forward.headers())
                .containsExactly(
                        HeaderField.of("X-Text", "a"),
                        HeaderField.of("X-Number", "1.50"),
                        HeaderField.of("X-Flag", "true"),
                        new HeaderField("X-List", List.of("a", "2", "false")));
    }

    @Test
    void aNullHeaderIsDroppedAndAnEmptyArrayRemovesTheField() {
        Decision.Forward forward = forward("'servername': 'up1', 'X-Null': null, 'X-None': []");

        assertThat(forward.headers()).containsExactly(new HeaderField("X-None", List.of()));
    }

    @Test
    void lineBreaksInHeaderValuesAreEscaped() {
        Decision.Forward forward = forward("'servername': 'up1', 'X-A': 'a\\r\\nB: c\\u0000\\td'");

        assertThat(forward.headers()).containsExactly(HeaderField.of("X-A", "a%0D%0AB: c%00\td"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "transfer-encoding",
                "Connection",
                "Keep-Alive",
                "Upgrade",
                "TE",
                "Trailer",
                "Proxy-Connection",
                "X A",
                "X:A",
                "",
                "X-Ä"
            })
    void namesThatAreNoFieldOrBreakFramingAreRefused(String name) {
        assertThat(terminalFaults("backend", "'servername': 'up1', '" + name + "': 'x'"))
                .singleElement()
                .asString()
                .startsWith("t.local: rule r1: " + name + ": \"x\" (");
    }

    @Test
    void hostMayBeSet() {
        assertThat(forward("'servername': 'up1', 'Host': 'inner.example'").headers())
                .containsExactly(HeaderField.of("Host", "inner.example"));
    }

    private static Decision.Forward forward(String args) {
        return (Decision.Forward) terminal("backend", args).decide(REQUEST);
    }
}
