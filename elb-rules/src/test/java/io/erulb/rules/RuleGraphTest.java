package io.erulb.rules;

import static io.erulb.rules.Graphs.document;
import static io.erulb.rules.Graphs.faults;
import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.TerminalProvider;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleGraphTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/blog/a");

    record OwnFilter(String type, Function<FilterArgs, Filter> making) implements FilterProvider {
        @Override
        public Filter create(FilterArgs args) {
            return making.apply(args);
        }
    }

    private record OwnTerminal(String type, Terminal terminal) implements TerminalProvider {
        @Override
        public Terminal create(FilterArgs args) {
            return terminal;
        }
    }

    @Test
    void reportsAllFaultsAtOnceEachWithItsPlace() {
        List<Fault> faults = faults("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'ua', 'args': {'pattern': '(((', 'succ': 'r2', 'fail': 'gone'}},
                  'r2': {'type': 'path', 'args': {'pattern': '/a', 'regex': 'yes', 'succ': 'r3'}},
                  'r3': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'r2', 'fail': 'r3'}},
                  'r4': {'type': 'geo', 'args': {}}}}""");

        assertThat(faults)
                .extracting(Fault::domain, Fault::rule, Fault::field, Fault::value)
                .containsExactlyInAnyOrder(
                        tuple("r1", "pattern", "\"(((\""),
                        tuple("r1", "fail", "\"gone\""),
                        tuple("r2", "regex", "\"yes\""),
                        tuple("r4", "type", "\"geo\""),
                        tuple("r2", null, null),
                        tuple("r3", null, null));
        assertThat(faults)
                .extracting(Fault::message)
                .anyMatch(message -> message.contains("bad pattern: missing closing )"))
                .contains("no such rule", "expected: true or false", "cycle: r2 -> r3 -> r2", "cycle: r3 -> r3")
                .anyMatch(message -> message.startsWith("unknown type, expected one of: backend, client"));
    }

    private static Tuple tuple(String rule, @Nullable String field, @Nullable String value) {
        return Assertions.tuple("t.local", rule, field, value);
    }

    @Test
    void refusesWrongShapes() {
        assertThat(faults("{'init': 1, 'rules': {'r1': 2, 'r2': {'type': 3, 'args': 4, 'succ': 'r1'}}}"))
                .extracting(Fault::toString)
                .containsExactly(
                        "t.local: init: 1 (expected: the name of the first rule)",
                        "t.local: rule r1: 2 (expected: an object with type and args)",
                        "t.local: rule r2: succ: \"r1\" (unknown; expected: type, args)",
                        "t.local: rule r2: type: 3 (unknown type, expected one of: backend, client, concurrency, cookie,"
                                + " header, host, method, path, query, rate, redirect, respond, split, time, ua)",
                        "t.local: rule r2: args: 4 (expected: an object)");
    }

    @Test
    void refusesArgumentsNobodyKnowsAndSaysWhichAreKnown() {
        assertThat(faults("""
                        {'init': 'r1', 'rules': {
                          'r1': {'type': 'ua', 'args': {'patern': 'x', 'pattern': 'x', 'succ': null}},
                          'r2': {'type': 'respond', 'args': {'succ': 'r1'}}}}"""))
                .extracting(Fault::toString)
                .containsExactly(
                        "t.local: rule r1: succ: null (expected: a rule's name)",
                        "t.local: rule r1: patern: \"x\" (unknown; expected: succ, fail, backtracking, pattern)",
                        "t.local: rule r2: succ: \"r1\" (unknown; expected: status, body, headers)");
    }

    @Test
    void findsCyclesInRulesNoRequestReaches() {
        assertThat(faults("""
                        {'init': 'r0', 'rules': {
                          'r0': {'type': 'respond'},
                          'a': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'b', 'fail': 'c'}},
                          'b': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'c'}},
                          'c': {'type': 'ua', 'args': {'pattern': 'x', 'fail': 'a'}}}}""")).extracting(Fault::toString).containsExactly("t.local: rule a: cycle: a -> b -> c -> a");
    }

    @Test
    void sharedRulesAreNoCycle() {
        RuleGraph graph = graph("""
                {'init': 'a', 'rules': {
                  'a': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'b', 'fail': 'c'}},
                  'b': {'type': 'ua', 'args': {'pattern': 'x', 'succ': 'c', 'fail': 'c'}},
                  'c': {'type': 'respond'}}}""");

        assertThat(graph.explain(REQUEST).path()).isEqualTo("a- c");
    }

    @Test
    void walksAChainOfManyThousandRules() {
        StringBuilder json = new StringBuilder("{'init': 'r0', 'rules': {");
        for (int i = 0; i < 20_000; i++) {
            json.append("'r%d': {'type': 'ua', 'args': {'pattern': 'x', 'fail': 'r%d'}},".formatted(i, i + 1));
        }
        json.append("'r20000': {'type': 'respond', 'args': {'status': 204}}}}");

        assertThat(graph(json.toString()).decide(REQUEST)).isEqualTo(new Decision.Respond(204, List.of(), ""));
    }

    @Test
    void aFilterThatThrowsAnswers500AndIsCounted() {
        FilterTypes types = FilterTypes.installed()
                .with(
                        new OwnFilter("throwing", args -> request -> {
                            throw new IllegalStateException("planted");
                        }),
                        new OwnFilter("overflowing", args -> request -> {
                            throw new StackOverflowError();
                        }));

        RuleGraph throwing = filter("throwing", "", types);
        RuleGraph overflowing = filter("overflowing", "", types);

        assertThat(throwing.decide(REQUEST)).isEqualTo(new Decision.Reject(500, "rule r1 of type throwing failed"));
        assertThat(throwing.explain(REQUEST).path()).isEqualTo("r1!");
        assertThat(throwing.failures()).isEqualTo(2);
        assertThat(overflowing.decide(REQUEST))
                .isEqualTo(new Decision.Reject(500, "rule r1 of type overflowing failed"));
    }

    @Test
    void aTerminalThatThrowsAnswers500() {
        FilterTypes types = FilterTypes.none().with(new OwnTerminal("bad", (request, captures) -> {
            throw new IllegalStateException("planted");
        }));
        RuleGraph graph = RuleGraph.compile(
                "t.local", document("{'init': 'r1', 'rules': {'r1': {'type': 'bad', 'args': {}}}}"), types);

        assertThat(graph.decide(REQUEST)).isEqualTo(new Decision.Reject(500, "rule r1 of type bad failed"));
        assertThat(graph.explain(REQUEST).path()).isEqualTo("r1!");
        assertThat(graph.failures()).isEqualTo(2);
    }

    @Test
    void aProviderThatThrowsIsAFault() {
        FilterTypes types = FilterTypes.installed().with(new OwnFilter("bad", args -> {
            throw new IllegalStateException("planted");
        }));

        RuleSetException refusal = catchThrowableOfType(RuleSetException.class, () -> filter("bad", "", types));

        assertThat(refusal.faults())
                .singleElement()
                .asString()
                .isEqualTo("t.local: rule r1: args: type bad failed to read its arguments:"
                        + " java.lang.IllegalStateException: planted");
    }

    @Test
    void aFilterThatGivesUpTakesFailAndIsCounted() {
        FilterTypes types = FilterTypes.installed().with(new OwnFilter("tired", args -> request -> Verdict.GAVE_UP));
        RuleGraph graph = filter("tired", "", types);

        assertThat(Graphs.matches(graph, REQUEST)).isFalse();
        assertThat(graph.gaveUp()).isEqualTo(1);
        assertThat(graph.explain(REQUEST).steps().get(0).outcome()).isEqualTo(Outcome.GAVE_UP);
    }

    @Test
    void aRequestCanNotSpendMoreThanTheBudgetOfABacktrackingPattern() {
        RuleGraph graph = filter("path", "'regex': true, 'backtracking': true, 'pattern': '(.*)a(.*)b(.*)c$'");

        assertThat(Graphs.matches(graph, RequestFacts.get("http://t.local/abc")))
                .isTrue();
        assertThat(Graphs.matches(graph, RequestFacts.get("http://t.local/" + "ab".repeat(1_000))))
                .isFalse();
        assertThat(graph.gaveUp()).isEqualTo(1);
    }

    @Test
    void terminalsSeeTheCapturesOfTheLastMatchThatHasAny() {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'path', 'args': {'regex': true, 'pattern': '^/(?P<section>[a-z]+)/(.*)$', 'succ': 'r2'}},
                  'r2': {'type': 'ua', 'args': {'pattern': '(curl)', 'succ': 'r4', 'fail': 'r3'}},
                  'r3': {'type': 'method', 'args': {'method': 'GET', 'succ': 'r4'}},
                  'r4': {'type': 'redirect', 'args': {'location': '/new/$1/$2/${section}'}}}}""");

        assertThat(graph.decide(REQUEST)).isEqualTo(new Decision.Redirect(302, "/new/blog/a/blog"));
        assertThat(graph.decide(REQUEST.withHeader("User-Agent", "curl")))
                .isEqualTo(new Decision.Redirect(302, "/new/curl//"));
        assertThat(graph.explain(REQUEST).steps().get(0).captures())
                .isEqualTo(Map.of("1", "blog", "2", "a", "section", "blog"));
    }

    @Test
    void capturesAreOfThePathAsTheFilterSawIt() {
        RuleGraph graph = graph("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/blog(/.*)$', 'succ': 'r2'}},
                  'r2': {'type': 'redirect', 'args': {'location': '$1'}}}}""");

        assertThat(graph.decide(REQUEST)).isEqualTo(new Decision.Redirect(302, "/a"));
    }

    @Test
    void asksForEvidenceOnlyWhenSomeoneWantsIt() {
        FilterTypes types = FilterTypes.installed().with(new OwnFilter("shy", args -> new Shy()));

        assertThat(Graphs.matches(filter("shy", "", types), REQUEST)).isTrue();
        assertThat(filter("shy", "", types).explain(REQUEST).path()).isEqualTo("r1+ y");
    }

    /** Matches, and breaks when asked for evidence. */
    private static final class Shy implements Filter {
        @Override
        public Verdict test(RequestView request) {
            return Verdict.MATCH;
        }

        @Override
        public boolean capturing() {
            return true;
        }

        @Override
        public Evidence evidence(RequestView request) {
            throw new IllegalStateException("planted");
        }
    }

    @Test
    void anOwnForwardGetsTheRewrittenPath() {
        FilterTypes types = FilterTypes.installed()
                .with(new OwnFilter("cut", args -> request -> Verdict.rewrite("x/../../y")))
                .with(new OwnTerminal(
                        "own",
                        (RequestView request, Captures captures) -> new Decision.Forward("up", null, List.of())));
        RuleGraph graph = RuleGraph.compile(
                "t.local",
                document(
                        "{'init': 'r1', 'rules': {'r1': {'type': 'cut', 'args': {'succ': 'r2'}}, 'r2': {'type': 'own'}}}"),
                types);

        assertThat(graph.decide(REQUEST)).isEqualTo(new Decision.Forward("up", "/y", List.of()));
    }
}
