package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, cookies and query parameters share one scheme of conditions. */
class TextConditionTest {
    private static final RequestFacts BARE = RequestFacts.get("http://t.local/");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'equals': 'beta'                        | beta  | true
                    'equals': 'beta'                        | Beta  | false
                    'equals': 'beta'                        | betas | false
                    'equals': 'Beta', 'ignore_case': true   | bETA  | true
                    'equals': ['a', 'beta']                 | beta  | true
                    'equals': ['a', 'b']                    | beta  | false
                    'prefix': 'be'                          | beta  | true
                    'prefix': 'be'                          | abeta | false
                    'prefix': 'BE', 'ignore_case': true     | beta  | true
                    'pattern': 'e.a'                        | beta  | true
                    'pattern': '^e.a'                       | beta  | false
                    'pattern': '^B', 'ignore_case': true    | beta  | true
                    'pattern': '^b(?=e)', 'backtracking': true | beta | true
                    'ignore_case': false                    | any   | true
                    """)
    void conditionsAreTheSameForHeadersCookiesAndQueryParameters(String args, String value, boolean matched) {
        String written = "'name': 'x', " + args;

        assertThat(matches(filter("header", written), BARE.withHeader("X", value)))
                .isEqualTo(matched);
        assertThat(matches(filter("cookie", written), BARE.withHeader("Cookie", "x=" + value)))
                .isEqualTo(matched);
        assertThat(matches(filter("query", written), RequestFacts.get("http://t.local/?x=" + value)))
                .isEqualTo(matched);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "cookie", "query"})
    void withoutAConditionItIsEnoughThatTheValueIsThere(String type) {
        RuleGraph graph = filter(type, "'name': 'x'");
        RequestFacts there =
                RequestFacts.get("http://t.local/?x").withHeader("Cookie", "x=").withHeader("x", "");

        assertThat(matches(graph, there)).isTrue();
        assertThat(matches(graph, BARE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "cookie", "query"})
    void aValueThatIsNotThereTakesFailWhateverTheCondition(String type) {
        assertThat(matches(filter(type, "'name': 'x', 'pattern': '.*'"), BARE)).isFalse();
        assertThat(filter(type, "'name': 'x', 'pattern': '.*'").explain(BARE).path())
                .isEqualTo("r1- n");
    }

    @Test
    void oneOfSeveralHeaderLinesIsEnough() {
        RuleGraph graph = filter("header", "'name': 'X', 'pattern': '^(b)'");
        RequestFacts request = BARE.withHeader("x", "a").withHeader("x", "b");

        assertThat(matches(graph, request)).isTrue();
        assertThat(graph.explain(request).steps().get(0).seen()).isEqualTo("a, b");
        assertThat(graph.explain(request).steps().get(0).captures()).containsEntry("1", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "cookie", "query"})
    void twoConditionsAreRefused(String type) {
        assertThat(filterFaults(type, "'name': 'x', 'equals': 'a', 'pattern': 'b', 'prefix': 'c'"))
                .first()
                .asString()
                .isEqualTo(
                        "t.local: rule r1: prefix: \"c\" (stands beside equals; expected: only one of equals, prefix,"
                                + " pattern)");
    }

    @ParameterizedTest
    @CsvSource({"header, ''", "header, a b", "cookie, a=b", "query, ''"})
    void aNameThatCanNotBeOneIsRefused(String type, String name) {
        assertThat(filterFaults(type, "'name': '" + name + "'"))
                .singleElement()
                .asString()
                .startsWith("t.local: rule r1: name: \"" + name + "\" (expected: a ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "[]", "[1]", "{}"})
    void equalsTakesStringsOnly(String value) {
        assertThat(filterFaults("header", "'name': 'x', 'equals': " + value))
                .singleElement()
                .asString()
                .endsWith("(expected: a string or an array of strings)");
    }
}
