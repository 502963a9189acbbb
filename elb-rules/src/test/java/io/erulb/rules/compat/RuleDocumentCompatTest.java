package io.erulb.rules.compat;

import static io.erulb.rules.Graphs.faults;
import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Decision;
import io.erulb.rules.Fault;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleDocumentCompatTest {
    private static final String SAMPLE = """
            {
              "init": "r1",
              "rules": {
                "r1": {"type": "ua", "args": {"pattern": "httpie(\\\\S+)$", "succ": "r4", "fail": "r3"}},
                "r2": {"type": "backend", "args": {"servername": "upstream1"}},
                "r3": {"type": "backend", "args": {"servername": "upstream2"}},
                "r4": {"type": "path", "args": {"regex": true, "pattern": "^\\\\/blog\\\\/(\\\\S+)$", "rewrite": false, "succ": "r2", "fail": "r3"}}
              }
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "httpie/1.0, /blog/a, upstream1, r1+ r4+ r2",
        "httpie/1.0, /other, upstream2, r1+ r4- r3",
        "curl/8, /blog/a, upstream2, r1- r3"
    })
    void theOriginalsSampleRoutesAsItDid(String agent, String path, String upstream, String walk) {
        RuleGraph graph = graph(SAMPLE);
        RequestFacts request = RequestFacts.get("http://t.local" + path).withHeader("User-Agent", agent);

        assertThat(graph.decide(request)).isEqualTo(new Decision.Forward(upstream, null, List.of()));
        assertThat(graph.explain(request).path()).isEqualTo(walk);
        assertThat(graph.upstreams()).containsExactlyInAnyOrder("upstream1", "upstream2");
    }

    @Test
    void missingInitAndRulesAreRefused() {
        assertThat(faults("{}"))
                .extracting(Fault::toString)
                .containsExactly(
                        "t.local: init: missing, expected: the name of the first rule",
                        "t.local: rules: missing, expected: an object of rules by name");
    }

    @Test
    void anUnknownTypeIsRefusedAndTheKnownOnesAreListed() {
        assertThat(faults("{'init': 'r1', 'rules': {'r1': {'type': 'geo', 'args': {}}}}"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "t.local: rule r1: type: \"geo\" (unknown type, expected one of: backend, client, concurrency, cookie, header,"
                                + " host, method, path, query, rate, redirect, respond, split, time, ua)");
    }

    @Test
    void danglingNamesAreRefused() {
        List<Fault> faults = faults("""
                {'init': 'gone', 'rules': {
                  'r1': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'lost', 'fail': 'r2'}},
                  'r2': {'type': 'ua', 'args': {'pattern': 'x', 'fail': 'away'}}}}""");

        assertThat(faults)
                .extracting(Fault::toString)
                .containsExactly(
                        "t.local: init: \"gone\" (no such rule)",
                        "t.local: rule r1: succ: \"lost\" (no such rule)",
                        "t.local: rule r2: fail: \"away\" (no such rule)");
    }

    @Test
    void cyclesAreRefused() {
        List<Fault> faults = faults("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'r4'}},
                  'r4': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'r1'}}}}""");

        assertThat(faults).extracting(Fault::toString).containsExactly("t.local: rule r1: cycle: r1 -> r4 -> r1");
    }

    @Test
    void anAbsentEdgeAnswers403WhereTheRequestNeedsIt() {
        RuleGraph graph = graph("{'init': 'r1', 'rules': {'r1': {'type': 'ua', 'args': {'pattern': 'x'}}}}");
        RequestFacts request = RequestFacts.get("http://t.local/");

        assertThat(graph.decide(request)).isEqualTo(new Decision.Reject(403, "rule r1 has no fail edge"));
        assertThat(graph.decide(request.withHeader("User-Agent", "x")))
                .isEqualTo(new Decision.Reject(403, "rule r1 has no succ edge"));
    }

    @Test
    void emptyArraysStayArraysAndUnknownFieldsStay() {
        String json = "{\"meta\":{\"owner\":[]},\"init\":\"r1\",\"rules\":{},\"tests\":[]}";

        assertThat(RuleSet.parse(json).toJson()).isEqualTo(json);
    }
}
