package io.erulb.rules;

import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Walks by verdicts that do not come from the filters. */
class JudgeTest {
    private static final RuleGraph GRAPH = graph("""
            {'init': 'strip', 'rules': {
              'strip': {'type': 'path', 'args': {'pattern': '^/v1(.*)', 'regex': true, 'rewrite': true, 'succ': 'few', 'fail': 'no'}},
              'few': {'type': 'rate', 'args': {'rate': '1/h', 'succ': 'up', 'fail': 'no'}},
              'up': {'type': 'backend', 'args': {'servername': 'up1'}},
              'no': {'type': 'respond', 'args': {'status': 429}}}}""");

    private final Walk walk = new Walk();

    private static Judge saying(Verdict verdict) {
        return (rule, filter, request) -> verdict;
    }

    @Test
    void decidesInPlaceOfTheFilters() {
        Decision decision = GRAPH.decide(RequestFacts.get("http://t.local/"), walk, saying(Verdict.rewrite("/x")));

        assertThat(decision).isEqualTo(new Decision.Forward("up1", "/x", List.of()));
        assertThat(GRAPH.path(walk)).isEqualTo("strip+ few+ up");
        assertThat(GRAPH.explain(RequestFacts.get("http://t.local/"), saying(Verdict.MISS))
                        .path())
                .isEqualTo("strip- no");
    }

    @Test
    void seesEachFilterWithTheRequestAndTheEnd() {
        List<String> seen = new ArrayList<>();

        GRAPH.decide(RequestFacts.get("http://t.local/v1/a"), walk, new Judge() {
            @Override
            public Verdict verdict(String rule, Filter filter, RequestView request) {
                seen.add(rule + " " + request.path());
                return filter.test(request);
            }

            @Override
            public void end(String rule, Terminal terminal, RequestView request) {
                seen.add(rule + " " + request.path() + " " + terminal.upstreams());
            }
        });

        assertThat(seen).containsExactly("strip /v1/a", "few /a", "up /a [up1]");
    }

    @Test
    void hasARuleFailByNoVerdictOrByThrowing() {
        for (Judge judge : List.<Judge>of((rule, filter, request) -> null, (rule, filter, request) -> {
            throw new IllegalStateException("planted");
        })) {
            GRAPH.decide(RequestFacts.get("http://t.local/"), walk, judge);
            assertThat(GRAPH.path(walk)).isEqualTo("strip!");
        }
    }

    @Test
    void rulesAreAlikeThatDifferInTheirEdgesAlone() {
        RuleGraph other = graph("""
                {'init': 'few', 'rules': {
                  'few': {'type': 'rate', 'args': {'succ': 'no', 'fail': 'up', 'rate': '1/h'}},
                  'up': {'type': 'backend', 'args': {'servername': 'up2'}},
                  'new': {'type': 'backend', 'args': {'servername': 'up2'}},
                  'no': {'type': 'respond', 'args': {'status': 429}}}}""");

        assertThat(GRAPH.alike(other)).containsExactlyInAnyOrder("few", "no");
    }
}
