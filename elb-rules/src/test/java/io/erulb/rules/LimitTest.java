package io.erulb.rules;

import static io.erulb.rules.Graphs.document;
import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Explanation.Step;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that count: what takes, what does not, and what outlives a change of the rules. */
class LimitTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/a/b");
    private static final FilterTypes TYPES =
            FilterTypes.installed().with(new Tickets("tickets"), new Tickets("others"));

    /** So many requests may pass, ever. */
    private record Tickets(String type) implements FilterProvider {
        @Override
        public Filter create(FilterArgs args) {
            return new TicketLimit(args.integer("tickets", 1, 0, 10));
        }
    }

    private static final class TicketLimit implements Limit {
        private int left;

        TicketLimit(int left) {
            this.left = left;
        }

        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(left > 0);
        }

        @Override
        public Verdict take(RequestView request) {
            return Verdict.of(left-- > 0);
        }

        @Override
        public boolean capturing() {
            return true;
        }

        @Override
        public Evidence evidence(RequestView request) {
            Captures captures = Captures.of(List.of("", "7"), Map.of("retry_after", 1));
            return new Evidence(Math.max(0, left) + " left", "one", captures);
        }
    }

    @Test
    void aDecisionTakesAndAnExplanationDoesNot() {
        RuleGraph graph = filter("tickets", "'tickets': 2", TYPES);

        for (int i = 0; i < 5; i++) {
            assertThat(graph.explain(REQUEST).path()).isEqualTo("r1+ y");
        }

        assertThat(matches(graph, REQUEST)).isTrue();
        assertThat(matches(graph, REQUEST)).isTrue();
        assertThat(graph.explain(REQUEST).path()).isEqualTo("r1- n");
        assertThat(matches(graph, REQUEST)).isFalse();
    }

    @Test
    void aRefusalsCapturesAreForWhatAnswersIt() {
        RuleGraph graph = compile("""
                {'init': 'r0', 'rules': {
                  'r0': {'type': 'path', 'args': {'regex': true, 'pattern': '^/(.*)$', 'succ': 'r1'}},
                  'r1': {'type': 'tickets', 'args': {'tickets': 1, 'succ': 'moved', 'fail': 'busy'}},
                  'moved': {'type': 'redirect', 'args': {'location': '/new/$1${retry_after}'}},
                  'busy': {'type': 'respond', 'args': {'status': 429, 'headers': {'Retry-After': '${retry_after}'}}}}}""", null);

        assertThat(graph.decide(REQUEST)).isEqualTo(new Decision.Redirect(302, "/new/a/b"));
        assertThat(graph.decide(REQUEST))
                .isEqualTo(new Decision.Respond(429, List.of(HeaderField.of("Retry-After", "7")), ""));
        Step refusal = graph.explain(REQUEST).steps().get(1);
        assertThat(refusal.captures()).containsEntry("retry_after", "7");
    }

    @Test
    void aRequestWhosePathWasRewrittenTellsItsEndAllTheSame() {
        FilterTypes types = TYPES.with(new FilterProvider() {
            @Override
            public String type() {
                return "awaiting";
            }

            @Override
            public Filter create(FilterArgs args) {
                return request -> {
                    request.whenDone(() -> {});
                    return Verdict.MATCH;
                };
            }
        });
        RuleGraph graph = RuleGraph.compile("t.local", document("""
                {'init': 'r0', 'rules': {
                  'r0': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/a(.*)$', 'succ': 'r1'}},
                  'r1': {'type': 'awaiting', 'args': {'succ': 'r2'}},
                  'r2': {'type': 'respond'}}}"""), types);
        HeldRequest request = new HeldRequest(REQUEST);

        graph.decide(request);

        assertThat(request.waiting()).isEqualTo(1);
    }

    @Test
    void aRequestOfUnknownEndIsOverAtOnce() {
        int[] done = {0};

        REQUEST.whenDone(() -> done[0]++);

        assertThat(done[0]).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'init': 'r1', 'rules': {'r1': {'type': 'tickets', 'args': {'tickets': 1, 'succ': 'x', 'fail': 'y'}}, %s}}",
                "{'init': 'r0', 'rules': {'r0': {'type': 'ua', 'args': {'pattern': 'z', 'fail': 'r1'}},"
                        + " 'r1': {'args': {'fail': 'y', 'tickets': 1}, 'type': 'tickets'}, %s}}"
            })
    void aRuleThatStaysGoesOnCounting(String after) {
        RuleGraph before = compile(
                "{'init': 'r1', 'rules': {'r1': {'type': 'tickets', 'args': {'tickets': 1, 'succ': 'y', 'fail': 'n'}}, %s}}",
                null);
        assertThat(before.explain(REQUEST).path()).isEqualTo("r1+ y");
        before.decide(REQUEST);

        RuleGraph graph = compile(after, before);

        assertThat(graph.explain(REQUEST).path()).contains("r1-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'init': 'r1', 'rules': {'r1': {'type': 'tickets', 'args': {'tickets': 2, 'succ': 'y', 'fail': 'n'}}, %s}}",
                "{'init': 'r1', 'rules': {'r1': {'type': 'others', 'args': {'tickets': 1, 'succ': 'y', 'fail': 'n'}}, %s}}",
                "{'init': 'r2', 'rules': {'r2': {'type': 'tickets', 'args': {'tickets': 1, 'succ': 'y', 'fail': 'n'}}, %s}}"
            })
    void aRuleOfOtherArgumentsOrTypeOrNameBeginsAnew(String after) {
        RuleGraph before = compile(
                "{'init': 'r1', 'rules': {'r1': {'type': 'tickets', 'args': {'tickets': 1, 'succ': 'y', 'fail': 'n'}}, %s}}",
                null);
        before.decide(REQUEST);

        RuleGraph graph = compile(after, before);

        assertThat(graph.explain(REQUEST).path()).endsWith("+ y");
    }

    @Test
    void aLimitOfAnotherMakeBeginsAnew() {
        FilterTypes pure = FilterTypes.installed().with(new FilterProvider() {
            @Override
            public String type() {
                return "tickets";
            }

            @Override
            public Filter create(FilterArgs args) {
                return request -> Verdict.MATCH;
            }
        });
        RuleSet rules = document(
                "{'init': 'r1', 'rules': {'r1': {'type': 'tickets', 'args': {'succ': 'y'}}, 'y': {'type': 'respond'}}}");
        RuleGraph before = RuleGraph.compile("t.local", rules, TYPES);
        before.decide(REQUEST);

        RuleGraph graph = RuleGraph.compile("t.local", rules, pure, before);

        assertThat(graph.explain(REQUEST).path()).isEqualTo("r1+ y");
    }

    /** Rules x, y and n stand where %s does. */
    private static RuleGraph compile(String json, @Nullable RuleGraph before) {
        String terminals = "'x': {'type': 'respond'}, 'y': {'type': 'respond'}, 'n': {'type': 'respond'}";
        return RuleGraph.compile("t.local", document(json.replace("%s", terminals)), TYPES, before);
    }
}
