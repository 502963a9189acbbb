package io.erulb.examples.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageProviderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de             | r1+ german
            de-AT,en;q=0.5 | r1+ german
            DE             | r1+ german
            en,de          | r1- other
            ''             | r1- other
            """)
    void decidesByTheFirstLanguage(String accepted, String path) {
        RuleGraph graph = compile("[\"de\"]");
        RequestFacts request = RequestFacts.get("http://t.local/").withHeader("Accept-Language", accepted);

        assertThat(graph.explain(request).path()).isEqualTo(path);
    }

    @Test
    void aRequestWithoutTheHeaderFails() {
        assertThat(compile("[\"de\"]")
                        .explain(RequestFacts.get("http://t.local/"))
                        .path())
                .isEqualTo("r1- other");
    }

    @Test
    void refusesRulesWithoutLanguages() {
        assertThatThrownBy(() -> compile("[]")).hasMessageContaining("is");
    }

    private static RuleGraph compile(String languages) {
        RuleSet rules = RuleSet.parse("""
                {"init": "r1", "rules": {
                  "r1": {"type": "language", "args": {"is": %s, "succ": "german", "fail": "other"}},
                  "german": {"type": "respond", "args": {"status": 200, "body": "Hallo"}},
                  "other": {"type": "respond", "args": {"status": 200, "body": "Hello"}}}}
                """.formatted(languages));
        return RuleGraph.compile("t.local", rules, FilterTypes.installed());
    }
}
