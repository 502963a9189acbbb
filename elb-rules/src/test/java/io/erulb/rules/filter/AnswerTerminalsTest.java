package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.graph;
import static io.erulb.rules.Graphs.terminal;
import static io.erulb.rules.Graphs.terminalFaults;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Decision;
import io.erulb.rules.HeaderField;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code redirect} and {@code respond}. */
class AnswerTerminalsTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/");

    @Test
    void redirectsWith302UnlessToldOtherwise() {
        assertThat(terminal("redirect", "'location': '/new'").decide(REQUEST))
                .isEqualTo(new Decision.Redirect(302, "/new"));
        assertThat(terminal("redirect", "'status': 308, 'location': 'https://b.example/?a=%20#x'")
                        .decide(REQUEST))
                .isEqualTo(new Decision.Redirect(308, "https://b.example/?a=%20#x"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a$1, /ablog",
        "/${1}1, /blog1",
        "/$10, /blog0",
        "/$3/${4}/${none}$, ///$",
        "/$2, /x%20y%0D%0AZ:%20%25%3F",
        "/a$0$x, /a$0$x",
        "/ä b, /%C3%A4%20b"
    })
    void expandsCapturesSoThatNothingEndsTheLine(String location, String expanded) {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'path', 'args': {'regex': true, 'pattern': '(?s)^/(blog)/(.*)$', 'succ': 'r2'}},
                  'r2': {'type': 'redirect', 'args': {'location': '%s'}}}}""".formatted(location));

        assertThat(graph.decide(RequestFacts.get("http://t.local/blog/x%20y%0d%0aZ:%20%25%3f")))
                .isEqualTo(new Decision.Redirect(302, expanded));
    }

    @Test
    void redirectsToAnEscapedLocationWhenTheRuleItselfHasALineBreak() {
        assertThat(terminal("redirect", "'location': '/a\\r\\nB: c'").decide(REQUEST))
                .isEqualTo(new Decision.Redirect(302, "/a%0D%0AB:%20c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"300", "304", "200", "302.5", "'302'", "1e999999999"})
    void refusesAStatusThatDoesNotRedirect(String status) {
        assertThat(terminalFaults("redirect", "'location': '/', 'status': " + status))
                .singleElement()
                .asString()
                .contains("rule r1: status: " + status.replace('\'', '"') + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'/${'", "'/${a'", "'/${}'", "'/${a b}'"})
    void refusesALocationItCanNotRead(String location) {
        assertThat(terminalFaults("redirect", "'location': " + location))
                .singleElement()
                .asString()
                .contains("rule r1: location: ");
    }

    @Test
    void respondsWithAnEmpty200UnlessToldOtherwise() {
        assertThat(terminal("respond", "").decide(REQUEST)).isEqualTo(new Decision.Respond(200, List.of(), ""));
    }

    @Test
    void respondsWithItsHeadersAndBody() {
        String args =
                "'status': 503, 'headers': {'Retry-After': 120, 'X-A': ['1', '2'], 'X-Null': null}, 'body': 'Later.'";

        assertThat(terminal("respond", args).decide(REQUEST))
                .isEqualTo(new Decision.Respond(
                        503,
                        List.of(
                                HeaderField.of("Retry-After", "120"),
                                new HeaderField("X-A", List.of("1", "2")),
                                HeaderField.of("Content-Type", "text/plain; charset=utf-8")),
                        "Later."));
    }

    @Test
    void respondsWithCapturesInItsHeadersSoThatNothingEndsTheLine() {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'path', 'args': {'regex': true, 'pattern': '(?s)^/(a)?(.*)$', 'succ': 'r2'}},
                  'r2': {'type': 'respond', 'args': {'headers': {
                    'X-Path': 'p: $2', 'X-A': ['$1', '$2', ''], 'X-None': '$1', 'Price': '5 $'}, 'body': '$2'}}}}""");

        assertThat(graph.decide(RequestFacts.get("http://t.local/x%0d%0aZ:%20%c3%a4")))
                .isEqualTo(new Decision.Respond(
                        200,
                        List.of(
                                HeaderField.of("X-Path", "p: x%0D%0AZ:%20%C3%A4"),
                                new HeaderField("X-A", List.of("x%0D%0AZ:%20%C3%A4", "")),
                                new HeaderField("X-None", List.of()),
                                HeaderField.of("Price", "5 $"),
                                HeaderField.of("Content-Type", "text/plain; charset=utf-8")),
                        "$2"));
    }

    @Test
    void refusesAHeaderWhoseCapturesItCanNotRead() {
        assertThat(terminalFaults("respond", "'headers': {'A': 'x${', 'B': '${a}'}"))
                .containsExactly("t.local: rule r1: headers.A: \"x${\" (expected: $1 to $9 or ${name} for captures)");
    }

    @Test
    void leavesAContentTypeOfTheRuleAlone() {
        String args = "'headers': {'content-type': 'text/html'}, 'body': '<p>'";

        assertThat(terminal("respond", args).decide(REQUEST))
                .isEqualTo(new Decision.Respond(200, List.of(HeaderField.of("content-type", "text/html")), "<p>"));
    }

    @Test
    void refusesWhatNoAnswerCanHave() {
        String args = "'status': 204, 'body': 'x', 'headers': {'Content-Length': 1, 'A': {}, 'B': 'x', 'b': 'y'}";

        assertThat(terminalFaults("respond", args))
                .containsExactly(
                        "t.local: rule r1: body: \"x\" (expected: no body, as status 204 has none)",
                        "t.local: rule r1: headers.Content-Length: 1 (expected: no header that frames the message or"
                                + " concerns the connection)",
                        "t.local: rule r1: headers.A: {} (expected: a string, a number, true, false, or an array of those)",
                        "t.local: rule r1: headers.b: \"y\" (the header stands twice, in other letters)");
        assertThat(terminalFaults("respond", "'status': 199"))
                .containsExactly("t.local: rule r1: status: 199 (expected: an integer from 200 to 599)");
    }
}
