package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that travel with the rules: what they may say, and what becomes of documents that break one. */
class RuleTestsTest {
    private static final String BLOG = "'init': 'r1', 'rules': {"
            + "'r1': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/blog/(.*)$', 'succ': 'r2',"
            + " 'fail': 'r3'}},"
            + "'r2': {'type': 'backend', 'args': {'servername': 'blog'}},"
            + "'r3': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r4'}},"
            + "'r4': {'type': 'redirect', 'args': {'status': 308, 'location': '/blog/x'}}}";

    private static String blog(String... tests) {
        return "{" + BLOG + ", 'tests': [" + String.join(", ", tests) + "]}";
    }

    private static String test(String name, String url, String expect) {
        return "{'name': '%s', 'request': {'url': '%s'}, 'expect': {%s}}".formatted(name, url, expect);
    }

    private static List<String> faults(String json) {
        return Graphs.faults(json).stream().map(Fault::toString).toList();
    }

    private static List<TestResult> run(String json) {
        return RuleTests.run("t.local", Graphs.document(json), FilterTypes.installed());
    }

    /** One filter of a type, then upstream yes or no, and a test that expects something. */
    private static String filtered(String type, String args, String request, String expect) {
        return "{'init': 'r1', 'rules': {"
                + "'r1': {'type': '%s', 'args': {%s, 'succ': 'y', 'fail': 'n'}},".formatted(type, args)
                + "'y': {'type': 'backend', 'args': {'servername': 'yes'}},"
                + "'n': {'type': 'backend', 'args': {'servername': 'no'}}},"
                + "'tests': [{'name': 'a', 'request': {'url': '/'%s}, 'expect': {%s}}]}".formatted(request, expect);
    }

    @Test
    void aDocumentWhoseTestsPassIsAsOneWithoutThem() {
        RuleGraph graph = Graphs.graph(blog(
                test("blog", "/blog/a", "'backend': 'blog', 'path': '/a'"),
                test("no agent", "http://other/", "'status': 403")));

        assertThat(graph.decide(RequestFacts.get("http://t.local/blog/a")))
                .isEqualTo(new Decision.Forward("blog", "/a", List.of()));
        assertThat(graph.document().toJson()).contains("\"no agent\"");
    }

    @Test
    void aTestThatFailsIsAFaultThatSaysWhy() {
        List<Fault> faults = Graphs.faults(blog(
                test("good", "/blog/a", "'backend': 'blog'"), test("old \\\"blog\\\"", "/blog/b", "'backend': 'old'")));

        assertThat(faults).containsExactly(new Fault("t.local", null, "tests[1]", null, """
                "old \\"blog\\"" fails: expected backend old, found upstream blog, path /b (r1+ r2)
                  r1 path     "/blog/b" matches "^/blog/(.*)$", succ -> r2
                              captures {1=b}
                              path is /b from here on
                  r2 backend
                => upstream blog, path /b"""));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'backend': 'blog', true",
                "'backend': 'blo', false",
                "\"'backend': 'blog', 'path': '/a b'\", false",
                "\"'backend': 'blog', 'path': '/%61%20b'\", true",
                "'path': '/blog/a%20b', false",
                "'path': 'r1+ r2', true",
                "'path': 'r1- r2', false",
                "'status': 200, false",
                "'location': '/blog/x', false"
            })
    void expectsOfARequestThatIsForwarded(String expect, boolean passes) {
        String json = blog(test("a", "/blog/a%20b", expect));

        if (expect.contains("/a b")) {
            assertThat(faults(json)).singleElement().asString().contains("tests[0].expect.path: \"/a b\" (expected: ");
        } else {
            assertThat(run(json)).singleElement().matches(result -> result.passed() == passes);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'status': 308, true",
                "'status': 301, false",
                "\"'status': 308, 'location': '/blog/x'\", true",
                "'location': '/blog/', false",
                "'path': 'r1- r3+ r4', true",
                "'path': '/', false"
            })
    void expectsOfARequestThatIsAnswered(String expect, boolean passes) {
        String json = "{" + BLOG + ", 'tests': [{'name': 'a', 'request': {'url': '/', 'headers': "
                + "{'User-Agent': ['httpie', 'curl']}, 'method': 'POST'}, 'expect': {" + expect + "}}]}";

        assertThat(run(json.replace("['httpie', 'curl']", "['curl', 'httpie']")))
                .singleElement()
                .matches(result -> result.passed() == passes);
    }

    @Test
    void methodAndClientAreTheRequests() {
        assertThat(run(filtered("method", "'method': 'PUT'", ", 'method': 'PUT'", "'backend': 'yes'")))
                .allMatch(TestResult::passed);
        assertThat(run(filtered("client", "'cidr': '2001:db8::/32'", ", 'client': '2001:db8::7'", "'backend': 'yes'")))
                .allMatch(TestResult::passed);
        assertThat(run(filtered("host", "'host': 't.local'", "", "'backend': 'yes'")))
                .as("a URL without a host has the domain's name")
                .allMatch(TestResult::passed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                            | tests: {} (expected: an array of tests)",
                "[7]                                           | tests[0]: 7 (expected: an object with name, request and expect)",
                "[{}]                                          | tests[0].name: missing (expected: a string)",
                "[{}]                                          | tests[0].request: missing (expected: an object)",
                "[{}]                                          | tests[0].request.url: missing (expected: a string)",
                "[{}]                                          | tests[0].expect: missing (expected: an object)",
                "[{'name': ' '}]                               | tests[0].name: \" \" (expected: a name that tells what is tested)",
                "[{'name': 'a'}, {'name': 'a'}]                | tests[1].name: \"a\" (another test has this name)",
                "[{'nam': 'a'}]                                | tests[0].nam: \"a\" (unknown; expected: name, request, expect)",
                "[{'request': {'url': 'x'}}]                   | tests[0].request.url: \"x\" (expected: http://host/path or /path, without broken escapes or .. above the root)",
                "[{'request': {'url': '/..'}}]                 | tests[0].request.url: \"/..\" (expected: http://host/path or /path, without broken escapes or .. above the root)",
                "[{'request': {'at': 'noon'}}]                 | tests[0].request.at: \"noon\" (expected: a moment such as 2026-01-05T10:00:00Z)",
                "[{'request': {'client': 'me'}}]               | tests[0].request.client: \"me\" (expected: an IP address)",
                "[{'request': {'headers': {'A': 1}}}]          | tests[0].request.headers.A: 1 (expected: a string or an array of strings)",
                "[{'request': {'body': 'x'}}]                  | tests[0].request.body: \"x\" (unknown; expected: method, url, headers, client, at)",
                "[{'expect': {}}]                              | tests[0].expect: {} (expected: backend, status, location or path)",
                "[{'expect': {'status': 99}}]                  | tests[0].expect.status: 99 (expected: an integer from 200 to 599)",
                "[{'expect': {'path': '/a?b'}}]                | tests[0].expect.path: \"/a?b\" (expected: a path as it may be sent, without query; or a way such as r1+ r4- r3)",
                "[{'expect': {'upstream': 'x'}}]               | tests[0].expect.upstream: \"x\" (unknown; expected: backend, status, location, path)"
            })
    void aTestThatCannotBeReadIsAFault(String tests, String fault) {
        assertThat(faults("{" + BLOG + ", 'tests': " + tests + "}")).contains("t.local: " + fault);
    }

    @Test
    void faultsOfTestsAreToldWithThoseOfRulesAndBeforeAnyIsRun() {
        String json =
                blog(test("a", "/", "'backend': 'never'"), "{'name': 'b'}").replace("'redirect'", "'direct'");

        assertThat(faults(json))
                .anyMatch(fault -> fault.contains("rule r4: type: \"direct\""))
                .anyMatch(fault -> fault.contains("tests[1].request: missing"))
                .noneMatch(fault -> fault.contains("fails"));
    }

    @Test
    void aDomainOfManyHostsHasNoneOfItsOwn() {
        RuleSet document = Graphs.document(blog(test("a", "/blog/", "'backend': 'blog'")));

        RuleSetException refused = catchThrowableOfType(
                RuleSetException.class, () -> RuleGraph.compile("*.t.local", document, FilterTypes.installed()));

        assertThat(refused).hasMessageContaining("expected: http://host/path, as *.t.local stands for many hosts");
    }

    @Test
    void manyThatFailAreCounted() {
        String[] tests = IntStream.range(0, 25)
                .mapToObj(i -> test("t" + i, "/", "'backend': 'x'"))
                .toArray(String[]::new);

        List<String> faults = faults(blog(tests));

        assertThat(faults).hasSize(11);
        assertThat(faults.get(10)).isEqualTo("t.local: tests: 15 more of 25 tests fail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'percent': 50", "'percent': 0.1", "'percent': 99.9"})
    void aRandomSplitHasToHoldOnBothEdges(String args) {
        assertThat(faults(filtered("split", args, "", "'backend': 'yes'")))
                .singleElement()
                .asString()
                .contains("found upstream no, path as it came (r1- n)", "\"either way\" does not match \"below");
        assertThat(faults(filtered("split", args, "", "'backend': 'no'"))).hasSize(1);
        assertThat(run(filtered("split", args, "", "'backend': 'yes'").replace("'no'", "'yes'")))
                .allMatch(TestResult::passed);
    }

    @Test
    void aSplitThatDrawsNothingHasOneEdge() {
        assertThat(run(filtered("split", "'percent': 0", "", "'backend': 'no'")))
                .allMatch(TestResult::passed);
        assertThat(run(filtered("split", "'percent': 100", "", "'backend': 'yes'")))
                .allMatch(TestResult::passed);
        assertThat(run(filtered(
                        "split", "'percent': 3, 'on': 'header:U'", ", 'headers': {'U': 'alice'}", "'backend': 'yes'")))
                .allMatch(TestResult::passed);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "2026-01-05T10:00:00Z, yes",
                "2026-01-05T18:00:00Z, no",
                "2026-01-05T18:00:00+02:00, yes",
                "2026-01-04T10:00:00Z, no"
            })
    void aTimeIsThatOfTheTest(String at, String backend) {
        String args = "'windows': [{'days': 'mon-fri', 'from': '09:00', 'to': '17:00'}]";

        assertThat(run(filtered("time", args, ", 'at': '" + at + "'", "'backend': '" + backend + "'")))
                .allMatch(TestResult::passed);
    }

    @Test
    void withoutATimeATestHasToHoldAtAny() {
        String lunch = "'windows': [{'from': '12:00', 'to': '13:00'}]";

        assertThat(faults(filtered("time", lunch, "", "'backend': 'yes'"))).hasSize(1);
        assertThat(faults(filtered("time", lunch, "", "'backend': 'no'"))).hasSize(1);
        assertThat(run(filtered("time", lunch, "", "'path': '/'"))).allMatch(TestResult::passed);
        assertThat(run(filtered("time", "'windows': [{}]", "", "'backend': 'yes'")))
                .as("a window that always holds")
                .allMatch(TestResult::passed);
    }

    /** Matches by chance, or says so at least. */
    private record Chance(Condition condition) implements FilterProvider, Filter {
        @Override
        public String type() {
            return "chance";
        }

        @Override
        public Filter create(FilterArgs args) {
            return this;
        }

        @Override
        public Verdict test(RequestView request) {
            return Verdict.MATCH;
        }
    }

    @Test
    void aTypeOfOnesOwnIsTakenAsItIsUnlessItSaysThatItGoesByChance() {
        RuleSet document =
                Graphs.document(filtered("chance", "", "", "'backend': 'yes'").replace("{, ", "{"));
        FilterTypes types = FilterTypes.installed();

        assertThat(RuleTests.run("t.local", document, types.with((FilterProvider) new Chance(new Condition.Unknown()))))
                .allMatch(TestResult::passed);
        assertThat(RuleTests.run("t.local", document, types.with((FilterProvider) new Chance(new Condition.Chance()))))
                .noneMatch(TestResult::passed);
    }

    @Test
    void everyWayIsTakenOnce() {
        String json = "{'init': 'a', 'rules': {"
                + split("a", "b", "c") + split("b", "c", "x") + split("c", "x", "y")
                + "'x': {'type': 'backend', 'args': {'servername': 'x'}},"
                + "'y': {'type': 'backend', 'args': {'servername': 'y'}}}, 'tests': ["
                + test("t", "/", "'backend': 'x'") + "]}";

        assertThat(run(json)).singleElement().satisfies(result -> {
            assertThat(result.found()).isEqualTo("upstream y, path as it came (a+ b+ c- y)");
            assertThat(result.explanation().path()).isEqualTo("a+ b+ c- y");
        });
        assertThat(run(json.replace("'servername': 'y'", "'servername': 'x'"))).allMatch(TestResult::passed);
    }

    private static String split(String name, String succ, String fail) {
        return "'%s': {'type': 'split', 'args': {'percent': 50, 'succ': '%s', 'fail': '%s'}},"
                .formatted(name, succ, fail);
    }

    /** So many splits one after the other, whose edges come together again. */
    private static String ladder(int splits, int tests) {
        String rules = IntStream.range(0, splits)
                .mapToObj(i -> split("s" + i, "s" + (i + 1), "u" + i) + "'u" + i
                        + "': {'type': 'path', 'args': {'pattern': '/', 'succ': 's" + (i + 1) + "'}},")
                .collect(Collectors.joining());
        return "{'init': 's0', 'rules': {" + rules + "'s" + splits
                + "': {'type': 'backend', 'args': {'servername': 'up'}}}, 'tests': ["
                + IntStream.range(0, tests)
                        .mapToObj(i -> test("t" + i, "/", "'backend': 'up'"))
                        .collect(Collectors.joining(", "))
                + "]}";
    }

    @Test
    void aTestOfTooManyWaysIsRefused() {
        assertThat(run(ladder(9, 1))).allMatch(TestResult::passed);
        assertThat(faults(ladder(10, 1)))
                .singleElement()
                .asString()
                .contains(
                        "too many ways to try them all (expected: at most 1000 for a test and 100000 for a document;");
    }

    @Test
    void soIsADocumentOfTooManyWays() {
        assertThat(run(ladder(9, 190))).allMatch(TestResult::passed);
        assertThat(faults(ladder(9, 200))).isNotEmpty().allMatch(fault -> fault.contains("too many ways"));
    }

    /** A limit whose one ticket is gone, once somebody takes it. */
    private static final class Ticket implements FilterProvider, Limit {
        private boolean gone;

        @Override
        public String type() {
            return "ticket";
        }

        @Override
        public Filter create(FilterArgs args) {
            return this;
        }

        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(!gone);
        }

        @Override
        public Verdict take(RequestView request) {
            boolean had = !gone;
            gone = true;
            return Verdict.of(had);
        }
    }

    @Test
    void limitsLetTestsThroughAndCountNothing() {
        Ticket ticket = new Ticket();
        FilterTypes types = FilterTypes.installed().with((FilterProvider) ticket);
        RuleSet document =
                Graphs.document(filtered("ticket", "", "", "'backend': 'yes'").replace("{, ", "{"));

        RuleGraph graph = RuleGraph.compile("t.local", document, types);
        assertThat(ticket.gone).isFalse();
        assertThat(Graphs.matches(graph, RequestFacts.get("http://t.local/"))).isTrue();
        assertThat(Graphs.matches(graph, RequestFacts.get("http://t.local/"))).isFalse();

        assertThat(RuleGraph.compile("t.local", document, types, graph)).isNotNull();
        assertThat(RuleTests.run("t.local", document, types)).allMatch(TestResult::passed);
    }

    @Test
    void aLimitThatIsCarriedOverAndExhaustedDoesNotFailATest() {
        String one = filtered("rate", "'rate': '1/h'", "", "'backend': 'yes'");
        RuleGraph before = Graphs.graph(one);
        Graphs.matches(before, RequestFacts.get("http://t.local/"));

        RuleGraph after = RuleGraph.compile(
                "t.local", Graphs.document(one.replace("'name': 'a'", "'name': 'b'")), FilterTypes.installed(), before);

        assertThat(Graphs.matches(after, RequestFacts.get("http://t.local/")))
                .as("the limit goes on")
                .isFalse();
    }

    @Test
    void otherFaultsOfADocumentAreThrown() {
        assertThatThrownBy(() -> run("{'init': 'x', 'rules': {}}"))
                .isInstanceOf(RuleSetException.class)
                .hasMessageContaining("no such rule");
        assertThat(run("{" + BLOG + "}")).isEmpty();
    }

    @Test
    void everyResultTellsWhatIsExpectedAndWhatIsFound() {
        assertThat(run(blog(
                        test("a", "/blog/a", "'backend': 'blog'"), test("b", "/", "'status': 200, 'location': '/x'"))))
                .satisfiesExactly(
                        passed -> assertThat(passed)
                                .matches(TestResult::passed)
                                .extracting(TestResult::name, TestResult::expected, TestResult::found)
                                .containsExactly("a", "backend blog", "upstream blog, path /a (r1+ r2)"),
                        failed -> assertThat(failed)
                                .matches(result -> !result.passed())
                                .extracting(TestResult::name, TestResult::expected, TestResult::found)
                                .containsExactly(
                                        "b", "status 200, location /x", "403: rule r3 has no fail edge (r1- r3-)"));
    }
}
