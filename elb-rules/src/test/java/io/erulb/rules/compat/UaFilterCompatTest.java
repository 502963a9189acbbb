package io.erulb.rules.compat;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import org.junit.jupiter.api.Test;

class UaFilterCompatTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/");

    @Test
    void uaIsAnUnanchoredSearchInTheHeader() {
        RuleGraph graph = filter("ua", "'pattern': 'httpie(\\\\S+)$'");

        assertThat(matches(graph, REQUEST.withHeader("User-Agent", "x httpie/1.0")))
                .isTrue();
        assertThat(matches(graph, REQUEST.withHeader("User-Agent", "httpie/1.0 x")))
                .isFalse();
        assertThat(matches(graph, REQUEST.withHeader("User-Agent", "curl/8"))).isFalse();
    }

    @Test
    void uaMatchesIgnoringCaseOnBothSides() {
        RuleGraph graph = filter("ua", "'pattern': 'HTTPie'");

        assertThat(matches(graph, REQUEST.withHeader("User-Agent", "httpIE/1.0")))
                .isTrue();
    }

    @Test
    void uaWithAMissingOrEmptyHeaderTakesFailWhateverThePattern() {
        RuleGraph graph = filter("ua", "'pattern': '.*'");

        assertThat(matches(graph, REQUEST)).isFalse();
        assertThat(matches(graph, REQUEST.withHeader("User-Agent", ""))).isFalse();
        assertThat(matches(graph, REQUEST.withHeader("User-Agent", "x"))).isTrue();
    }

    @Test
    void uaRefusesABadPatternWhenWritten() {
        assertThat(filterFaults("ua", "'pattern': 'a(b'"))
                .singleElement()
                .asString()
                .contains("t.local: rule r1: pattern: \"a(b\"", "missing closing )");
    }
}
