package io.erulb.rules.analysis;

import static io.erulb.rules.Graphs.graph;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.analysis.Finding.Kind;
import io.erulb.rules.analysis.RuleAnalysis.UpstreamState;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each kind of finding says, and what shows it. */
class FindingTest {
    private static final String ENDS = """
            'up': {'type': 'backend', 'args': {'servername': 'up1'}},
            'other': {'type': 'backend', 'args': {'servername': 'up2'}}""";

    /** The analysis of a graph that starts at r1 and has two backends, up and other. */
    private static RuleAnalysis analysis(String rules) {
        return new RuleAnalysis(graph("{'init': 'r1', 'rules': {" + rules + ENDS + "}}"));
    }

    private static List<String> sentences(String rules) {
        return analysis(rules).findings().stream()
                .map(finding -> finding.kind().word() + ": " + finding)
                .toList();
    }

    private static Witness witness(String rules, Kind kind) {
        return requireNonNull(analysis(rules).findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow()
                .witness());
    }

    @Test
    void nothingIsSaidOfAGraphWhoseEdgesAreAllTaken() {
        assertThat(sentences("'r1': {'type': 'path', 'args': {'pattern': '/api/', 'succ': 'up', 'fail': 'other'}},"))
                .isEmpty();
    }

    @Test
    void aPatternIsShadowedByAnEarlierOne() {
        String rules = """
                'r1': {'type': 'path', 'args': {'pattern': '/blog', 'succ': 'up', 'fail': 'r2'}},
                'r2': {'type': 'path', 'args': {'regex': true, 'pattern': '^/blog/[0-9]+$', 'succ': 'up', 'fail': 'other'}},
                """;

        assertThat(sentences(rules))
                .containsExactly("shadowed: rule r2, succ: no request takes this edge:"
                        + " each path that matches it matches rule r1 as well, which comes first");
        Witness witness = witness(rules, Kind.SHADOWED);
        assertThat(witness.request().path()).matches("/blog/[0-9]");
        assertThat(witness.explanation().path()).isEqualTo("r1+ up");
    }

    @Test
    void severalRulesTogetherLeaveNothing() {
        assertThat(sentences("""
                'r1': {'type': 'client', 'args': {'cidr': ['0.0.0.0/1', '::/0'], 'succ': 'up', 'fail': 'r2'}},
                'r2': {'type': 'client', 'args': {'cidr': '128.0.0.0/2', 'succ': 'up', 'fail': 'r3'}},
                'r3': {'type': 'client', 'args': {'cidr': '192.0.0.0/2', 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly(
                        "never_taken: rule r3, fail: no request takes this edge: by what rules r1, r2 let through, each"
                                + " client address that comes here matches",
                        "unreachable: rule other: no request comes here: fail of rule r3 can never be taken");
    }

    @Test
    void aPatternThatNoPathMatches() {
        assertThat(sentences("'r1': {'type': 'path', 'args': {'pattern': 'blog', 'succ': 'other', 'fail': 'up'}},"))
                .containsExactly(
                        "never_taken: rule r1, succ: no request takes this edge: there is no path that matches it",
                        "unreachable: rule other: no request comes here: succ of rule r1 can never be taken");
    }

    @Test
    void whatMatchedBeforeMatchesAgain() {
        assertThat(sentences("""
                'r1': {'type': 'ua', 'args': {'pattern': '^curl/[0-9]', 'succ': 'r2', 'fail': 'other'}},
                'r2': {'type': 'header', 'args': {'name': 'User-Agent', 'pattern': '(?i)curl', 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly("never_taken: rule r2, fail: no request takes this edge: requests that come here match"
                        + " rule r1, and each such header user-agent matches r2 as well");
    }

    @Test
    void twoConditionsThatExcludeEachOther() {
        assertThat(sentences("""
                'r1': {'type': 'method', 'args': {'method': 'POST', 'succ': 'r2', 'fail': 'up'}},
                'r2': {'type': 'method', 'args': {'method': ['GET', 'HEAD'], 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly("never_taken: rule r2, succ: no request takes this edge: requests that come here match"
                        + " rule r1, and no method matches both");
    }

    @Test
    void hoursThatNeverMeet() {
        assertThat(sentences("""
                'r1': {'type': 'time', 'args': {'windows': [{'days': 'mon-fri'}], 'succ': 'r2', 'fail': 'up'}},
                'r2': {'type': 'time', 'args': {'windows': [{'days': 'sat'}], 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly("never_taken: rule r2, succ: no request takes this edge: requests that come here match"
                        + " rule r1, and no time in UTC matches both");
    }

    @Test
    void sharesOfOneSaltAreNested() {
        assertThat(sentences("""
                'r1': {'type': 'split', 'args': {'percent': 30, 'on': 'cookie:id', 'salt': 's', 'succ': 'r2', 'fail': 'up'}},
                'r2': {'type': 'split', 'args': {'percent': 50, 'on': 'cookie:id', 'salt': 's', 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly(
                        "never_taken: rule r2, fail: no request takes this edge: requests that come here match rule r1,"
                                + " and each such cookie id matches r2 as well",
                        "unreachable: rule other: no request comes here: fail of rule r2 can never be taken");
        assertThat(sentences("'r1': {'type': 'split', 'args': {'percent': 0, 'succ': 'other', 'fail': 'up'}},"))
                .contains("never_taken: rule r1, succ: no request takes this edge: the share is none of the requests");
    }

    @Test
    void aRuleThatNoEdgeLeadsTo() {
        assertThat(sentences("""
                'r1': {'type': 'method', 'args': {'method': 'GET', 'succ': 'up', 'fail': 'other'}},
                'lost': {'type': 'method', 'args': {'method': 'GET', 'succ': 'lost too'}},
                'lost too': {'type': 'respond', 'args': {'status': 200}},
                """))
                .containsExactly(
                        "unreachable: rule lost: no request comes here: no edge leads here",
                        "unreachable: rule lost too: no request comes here: rule lost is not come to either");
    }

    @Test
    void aRequestThatEndsIn403() {
        String rules = """
                'r1': {'type': 'host', 'args': {'host': ['t.local', '*.t.local'], 'succ': 'r2', 'fail': 'other'}},
                'r2': {'type': 'query', 'args': {'name': 'version', 'pattern': '^[0-9]+$', 'succ': 'up'}},
                """;

        assertThat(sentences(rules))
                .containsExactly(
                        "ends_in_403: rule r2, fail: the rule has no fail edge, so that requests such as this one"
                                + " get 403");
        Witness witness = witness(rules, Kind.ENDS_IN_403);
        assertThat(witness.request()).hasToString("GET http://t.local/");
        assertThat(witness.explanation().path()).isEqualTo("r1+ r2-");
    }

    @Test
    void aWitnessHasAnHourAndVerdictsWhereTheyMatter() {
        Witness hour = witness("""
                'r1': {'type': 'time', 'args': {'zone': 'Europe/Berlin', 'windows': [{'days': 'sun', 'from': '10:00', 'to': '11:00'}], 'succ': 'r2', 'fail': 'other'}},
                'r2': {'type': 'method', 'args': {'method': 'GET', 'succ': 'up'}},
                """, Kind.ENDS_IN_403);
        Witness limit = witness("""
                'r1': {'type': 'rate', 'args': {'rate': '1/s', 'succ': 'r2'}},
                'r2': {'type': 'split', 'args': {'percent': 1, 'succ': 'up', 'fail': 'other'}},
                """, Kind.ENDS_IN_403);

        assertThat(hour.at()).isEqualTo(Instant.parse("2026-01-11T09:00:00Z"));
        assertThat(hour.request().method()).isEqualTo("POST");
        assertThat(limit.at()).isNull();
        assertThat(limit.given()).isEqualTo(Map.of("r1", false));
        assertThat(limit.explanation().path()).isEqualTo("r1-");
    }

    @Test
    void aPathIsFollowedThroughARewrite() {
        Witness witness = witness("""
                'r1': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/api/(.*)$', 'succ': 'r2', 'fail': 'other'}},
                'r2': {'type': 'path', 'args': {'pattern': '/v2/', 'fail': 'up'}},
                """, Kind.ENDS_IN_403);

        assertThat(witness.request().path()).startsWith("/api/").contains("v2/");
        assertThat(witness.explanation().path()).isEqualTo("r1+ r2+");
    }

    @Test
    void aCaptureThatIsNotThere() {
        String rules = """
                'r1': {'type': 'path', 'args': {'regex': true, 'pattern': '^/old/(?P<rest>.*)$', 'succ': 'r2', 'fail': 'r2'}},
                'r2': {'type': 'redirect', 'args': {'location': '/new/${rest}?$2'}},
                """;

        assertThat(sentences(rules))
                .contains(
                        "missing_capture: rule r2: has a place for 2, rest, but for requests such as this one no rule before"
                                + " it captures anything",
                        "missing_capture: rule r2: has a place for 2, but for requests such as this one rule r1, the last"
                                + " that captures, has no such group");
    }

    @Test
    void aPatternThatIsMatchedByTrialAndError() {
        assertThat(sentences("""
                'r1': {'type': 'ua', 'args': {'pattern': '^(?!bot)', 'backtracking': true, 'succ': 'r2', 'fail': 'up'}},
                'r2': {'type': 'ua', 'args': {'pattern': 'curl', 'backtracking': true, 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly(
                        "backtracking: rule r1: the pattern is matched by trial and error within a budget of steps; a request"
                                + " that spends it takes fail though it may match",
                        "backtracking: rule r2: the pattern is matched by trial and error within a budget of steps; a request"
                                + " that spends it takes fail though it may match; RE2 reads it as well, so \"backtracking\""
                                + " may be left out");
    }

    @Test
    void splitsThatLookLikePartsOfAWhole() {
        assertThat(sentences("""
                'r1': {'type': 'split', 'args': {'percent': 50, 'succ': 'up', 'fail': 'r2'}},
                'r2': {'type': 'split', 'args': {'percent': 30, 'succ': 'up', 'fail': 'r3'}},
                'r3': {'type': 'split', 'args': {'percent': 20, 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly(
                        "split_sum: rule r1: the splits r1 50 %, r2 30 %, r3 20 % come to 100 %, but each is a share"
                                + " of what the one before leaves: they get r1 50 %, r2 15 %, r3 7 %, and 28 % take the fail of the"
                                + " last");
    }

    @Test
    void upstreamsThatAreNotThere() {
        RuleAnalysis analysis =
                analysis("'r1': {'type': 'method', 'args': {'method': 'GET', 'succ': 'up', 'fail': 'other'}},");

        List<Finding> findings =
                analysis.upstreamFindings(name -> name.equals("up1") ? UpstreamState.MISSING : UpstreamState.EMPTY);

        assertThat(findings)
                .extracting(finding -> finding.kind().word() + ": " + finding)
                .containsExactly(
                        "missing_upstream: rule up: no upstream is named up1 and no host is either; requests such as this one"
                                + " get 503",
                        "empty_upstream: rule other: upstream up2 has no servers; requests such as this one get 503");
        assertThat(findings)
                .extracting(finding -> requireNonNull(finding.witness()).request())
                .extracting(RequestFacts::toString)
                .containsExactly("GET http://t.local/", "POST http://t.local/");
    }

    @Test
    void eachWayToAnEdgeHasAReasonOfItsOwn() {
        assertThat(sentences("""
                'r1': {'type': 'method', 'args': {'method': 'GET', 'succ': 'b', 'fail': 'c'}},
                'b': {'type': 'path', 'args': {'pattern': '/b', 'succ': 'd', 'fail': 'up'}},
                'c': {'type': 'path', 'args': {'pattern': '/c', 'succ': 'd', 'fail': 'up'}},
                'd': {'type': 'path', 'args': {'pattern': '/d', 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly(
                        "never_taken: rule d, succ: no request takes this edge: requests that come here match rule"
                                + " b, and no path matches both; on another way here: requests that come here match rule c, and no"
                                + " path matches both");
    }

    @Test
    void lettersAreTheSameAsForThePatterns() {
        assertThat(sentences("""
                'r1': {'type': 'query', 'args': {'name': 'q', 'pattern': '^i$', 'ignore_case': true, 'succ': 'r2', 'fail': 'up'}},
                'r2': {'type': 'query', 'args': {'name': 'q', 'pattern': '^\\\\x{131}$', 'succ': 'up', 'fail': 'other'}},
                """))
                .containsExactly("never_taken: rule r2, succ: no request takes this edge: requests that come here match"
                        + " rule r1, and no query parameter q matches both");
        assertThat(graph("{'init': 'r1', 'rules': {'r1': {'type': 'query', 'args': {'name': 'q', 'pattern': '^i$',"
                                + " 'ignore_case': true, 'succ': 'up', 'fail': 'other'}}," + ENDS + "}}")
                        .explain(RequestFacts.get("http://t.local/?q=%C4%B1"))
                        .path())
                .isEqualTo("r1- other");
    }

    /** A prefix may end in the middle of a character. */
    @Test
    void halfACharacterIsNotJudged() {
        assertThat(sentences("""
                'r1': {'type': 'query', 'args': {'name': 'q', 'prefix': '\\ud83d', 'succ': 'up', 'fail': 'other'}},
                """)).isEmpty();
    }

    @Test
    void aCaptureOfAnotherSpellingIsThere() {
        assertThat(sentences("""
                'r1': {'type': 'path', 'args': {'regex': true, 'pattern': '^/(.*)$', 'succ': 'r2', 'fail': 'up'}},
                'r2': {'type': 'redirect', 'args': {'location': '/${0}/${01}'}},
                """)).noneMatch(sentence -> sentence.startsWith("missing_capture"));
    }

    /** Every way teaches something new here, and there are 2 to the 16th of them. */
    @Test
    @Timeout(120)
    void whatTakesTooMuchWorkIsLeftUndecided() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            String next = i < 15 ? "d" + (i + 1) : "z";
            rules.append(
                    "'%s': {'type': 'query', 'args': {'name': 'q', 'pattern': '[%c]', 'succ': '%s', 'fail': '%s'}},"
                            .formatted(i == 0 ? "r1" : "d" + i, 'a' + i, next, next));
        }
        rules.append("'z': {'type': 'query', 'args': {'name': 'q', 'pattern': '^zz$', 'succ': 'y', 'fail': 'up'}},");
        rules.append(
                "'y': {'type': 'query', 'args': {'name': 'q', 'pattern': '^yy$', 'succ': 'other', 'fail': 'up'}},");

        assertThat(sentences(rules.toString()))
                .anyMatch(sentence -> sentence.startsWith("undecided: rule y, succ"))
                .noneMatch(sentence -> sentence.startsWith("never_taken"));
    }

    @Test
    @Timeout(120)
    void manyBlocksAndDeepPatternsComeToAnEnd() {
        String blocks = IntStream.range(0, 5_000)
                .mapToObj(i -> "'10." + i / 256 + "." + i % 256 + ".0/24'")
                .collect(Collectors.joining(","));
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            rules.append("'%s': {'type': 'client', 'args': {'cidr': [%s], 'succ': 'up', 'fail': '%s'}},"
                    .formatted(i == 0 ? "r1" : "c" + i, blocks, i < 9 ? "c" + (i + 1) : "deep"));
        }
        String deep = "(".repeat(1_500) + "a" + ")".repeat(1_500);
        String longOne = "[ab]".repeat(2_000);
        rules.append("'deep': {'type': 'path', 'args': {'regex': true, 'pattern': '%s', 'succ': 'up', 'fail': 'long'}},"
                .formatted(deep));
        rules.append(
                "'long': {'type': 'path', 'args': {'regex': true, 'pattern': '%s', 'succ': 'up', 'fail': 'other'}},"
                        .formatted(longOne));

        assertThat(sentences(rules.toString()))
                .filteredOn(sentence -> sentence.startsWith("shadowed: "))
                .hasSize(9);
    }

    @Test
    void anAnalysisKeepsNoGraph() {
        RuleGraph graph =
                graph("{'init': 'r1', 'rules': {'r1': {'type': 'path', 'args': {'pattern': '/a', 'succ': 'up'}}," + ENDS
                        + "}}");
        RuleAnalysis analysis = new RuleAnalysis(graph);
        WeakReference<RuleGraph> reference = new WeakReference<>(graph);
        graph = null;

        while (reference.get() != null) {
            System.gc();
        }

        assertThat(analysis.findings()).isNotEmpty();
    }

    /** OPTIONS for the server as a whole has a path that no URL has, so that nothing can be shown, and nothing is said. */
    @Test
    void theAsteriskIsAPath() {
        assertThat(sentences("'r1': {'type': 'path', 'args': {'pattern': '/', 'succ': 'up', 'fail': 'other'}},"))
                .isEmpty();
    }

    @Test
    void aFilterThatTellsNothingMayTakeEitherEdge() {
        assertThat(sentences("""
                'r1': {'type': 'path', 'args': {'regex': true, 'pattern': '\\\\bblog\\\\b', 'succ': 'r2', 'fail': 'other'}},
                'r2': {'type': 'path', 'args': {'regex': true, 'pattern': '\\\\bblog\\\\b', 'succ': 'up', 'fail': 'other'}},
                """)).isEmpty();
    }
}
