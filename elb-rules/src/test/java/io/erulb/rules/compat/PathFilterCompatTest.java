package io.erulb.rules.compat;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.graph;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Decision;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathFilterCompatTest {
    @ParameterizedTest
    @CsvSource({
        "/blog, true",
        "/blog/a, true",
        "/blogger, true",
        "/Blog, false",
        "/a/blog, false",
        "/%62log, true",
        "/x/../blog, true",
        "//blog, true"
    })
    void pathWithoutRegexIsAPlainPrefixOfTheNormalisedPath(String path, boolean matched) {
        RuleGraph absent = filter("path", "'pattern': '/blog'");
        RuleGraph off = filter("path", "'pattern': '/blog', 'regex': false, 'rewrite': true");

        assertThat(matches(absent, request(path))).isEqualTo(matched);
        assertThat(matches(off, request(path))).isEqualTo(matched);
    }

    @Test
    void pathWithoutRegexNeverRewrites() {
        RuleGraph graph = filter("path", "'pattern': '/blog', 'rewrite': true");

        assertThat(forwardedPath(graph, "/blog/a")).isNull();
    }

    @Test
    void pathWithRegexTakesFailWhenThePatternDoesNotMatch() {
        RuleGraph graph = filter("path", "'pattern': '^\\\\/blog\\\\/(\\\\S+)$', 'regex': true");

        assertThat(matches(graph, request("/blog/a"))).isTrue();
        assertThat(matches(graph, request("/other"))).isFalse();
        assertThat(matches(graph, request("/"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "'false'", "'true'", "null", "[]"})
    void regexAndRewriteAreBooleansAndNothingElse(String value) {
        String args = "'pattern': '/a', 'regex': %s, 'rewrite': %s".formatted(value, value);

        assertThat(filterFaults("path", args))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("rule r1: regex: ") && fault.contains("expected: true or false"))
                .anyMatch(fault -> fault.contains("rule r1: rewrite: ") && fault.contains("expected: true or false"));
    }

    @ParameterizedTest
    @CsvSource({
        "^/blog(/.*)$, /blog/a/b, /a/b",
        "^\\/blog\\/(\\S+)$, /blog/a/b, /a/b",
        "^/blog/(.*)$, /blog/, /",
        "^/blog, /blog/a, /",
        "^/blog(/x)?, /blog/a, /",
        "^/b(.*)(c)$, /bac, /a",
        "^/x(.*)$, /x../etc, /etc",
        "^/x(.*)$, /x%2e%2fetc%20a, /etc a"
    })
    void aRewriteGoesToTheFirstGroupWithExactlyOneLeadingSlash(String pattern, String path, String rewritten) {
        String args = "'regex': true, 'rewrite': true, 'pattern': '" + pattern.replace("\\", "\\\\") + "'";

        assertThat(forwardedPath(filter("path", args), path)).isEqualTo(rewritten);
    }

    @Test
    void withoutRewriteTheTargetGoesOnAsItCame() {
        RuleGraph graph = filter("path", "'pattern': '^/blog/(.*)$', 'regex': true, 'rewrite': false");

        assertThat(forwardedPath(graph, "/blog/a")).isNull();
    }

    @Test
    void laterFiltersSeeTheRewrittenPath() {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/a(/.*)$',
                         'succ': 'r2', 'fail': 'no'}},
                  'r2': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/b(/.*)$',
                         'succ': 'yes', 'fail': 'no'}},
                  'yes': {'type': 'backend', 'args': {'servername': 'up1'}},
                  'no': {'type': 'backend', 'args': {'servername': 'up2'}}}}""");

        assertThat(graph.decide(request("/a/b/c"))).isEqualTo(new Decision.Forward("up1", "/c", List.of()));
        assertThat(graph.decide(request("/a/c"))).isEqualTo(new Decision.Forward("up2", "/c", List.of()));
        assertThat(graph.decide(request("/b/c"))).isEqualTo(new Decision.Forward("up2", null, List.of()));
    }

    @Test
    void aPathWithFaviconIsAPathLikeAnyOther() {
        assertThat(matches(filter("path", "'pattern': '/favicon.ico'"), request("/favicon.ico")))
                .isTrue();
    }

    private static RequestFacts request(String path) {
        return RequestFacts.get("http://t.local" + path);
    }

    private static @Nullable String forwardedPath(RuleGraph graph, String path) {
        return ((Decision.Forward) graph.decide(request(path))).path();
    }
}
