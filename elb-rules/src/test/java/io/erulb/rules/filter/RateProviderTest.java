package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Explanation.Step;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RequestValue;
import io.erulb.rules.RuleGraph;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateProviderTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/");

    private final Nanos clock = Nanos.beforeTheWrap();

    private RuleGraph limit(String args) {
        FilterTypes types = FilterTypes.none().with(new RateProvider(clock)).with(new BackendProvider());
        return filter("rate", args, types);
    }

    private static long passing(RuleGraph graph, RequestFacts request, int tries) {
        return IntStream.range(0, tries).filter(i -> matches(graph, request)).count();
    }

    @ParameterizedTest
    @CsvSource({"3/s, 3, 334", "120/m, 120, 500", "3600/h, 3600, 1000", "1/s, 1, 1000"})
    void letsItsCountThroughAtOnceAndThenOneAsEachTokenComesBack(String rate, int count, int millis) {
        RuleGraph graph = limit("'rate': '" + rate + "'");
        assertThat(passing(graph, REQUEST, count + 10)).isEqualTo(count);

        for (int i = 0; i < 5; i++) {
            clock.pass(Duration.ofMillis(millis));
            assertThat(passing(graph, REQUEST, 3)).isEqualTo(1);
        }
    }

    @Test
    void noTokenComesBackTooEarly() {
        RuleGraph graph = limit("'rate': '2/s', 'burst': 1");
        passing(graph, REQUEST, 1);

        clock.pass(Duration.ofNanos(499_999_999));
        assertThat(matches(graph, REQUEST)).isFalse();
        clock.pass(Duration.ofNanos(1));
        assertThat(matches(graph, REQUEST)).isTrue();
    }

    @Test
    void anUnusedLimitSavesNoMoreThanItsBurst() {
        RuleGraph graph = limit("'rate': '10/s', 'burst': 4");
        passing(graph, REQUEST, 1);

        clock.pass(Duration.ofHours(5));

        assertThat(passing(graph, REQUEST, 20)).isEqualTo(4);
    }

    @Test
    void aRefusedRequestTakesNothing() {
        RuleGraph graph = limit("'rate': '1/s'");
        passing(graph, REQUEST, 1_000);

        clock.pass(Duration.ofSeconds(1));

        assertThat(matches(graph, REQUEST)).isTrue();
    }

    @Test
    void eachKeyHasItsOwnTokens() {
        RuleGraph graph = limit("'rate': '2/s', 'on': 'header:X-Key'");

        assertThat(passing(graph, REQUEST.withHeader("X-Key", "a"), 5)).isEqualTo(2);
        assertThat(passing(graph, REQUEST.withHeader("X-Key", "b"), 5)).isEqualTo(2);
    }

    @Test
    void requestsWithoutTheKeyShareOneBucketSoThatLeavingItOutIsNoWayAround() {
        RuleGraph graph = limit("'rate': '2/s', 'on': 'header:X-Key'");

        assertThat(passing(graph, REQUEST, 1)).isEqualTo(1);
        assertThat(passing(graph, REQUEST.withHeader("X-Key", ""), 5)).isEqualTo(1);
        assertThat(passing(graph, REQUEST.withClient("192.0.2.7"), 5)).isZero();
    }

    @Test
    void anIpv6ClientIsItsWholeNetworkAndAnIpv4ClientItsAddress() {
        RuleGraph graph = limit("'rate': '1/s', 'on': 'client'");

        assertThat(matches(graph, REQUEST.withClient("2001:db8:0:1::1"))).isTrue();
        assertThat(matches(graph, REQUEST.withClient("2001:db8:0:1:ffff::2"))).isFalse();
        assertThat(matches(graph, REQUEST.withClient("2001:db8:0:2::1"))).isTrue();
        assertThat(matches(graph, REQUEST.withClient("192.0.2.1"))).isTrue();
        assertThat(matches(graph, REQUEST.withClient("192.0.2.2"))).isTrue();
        assertThat(matches(graph, REQUEST.withClient("192.0.2.1"))).isFalse();
    }

    @Test
    void aLongValueIsAKeyLikeAnyOther() {
        RuleGraph graph = limit("'rate': '1/s', 'on': 'header:X-Key'");
        String value = "v".repeat(10_000);

        assertThat(matches(graph, REQUEST.withHeader("X-Key", value + "a"))).isTrue();
        assertThat(matches(graph, REQUEST.withHeader("X-Key", value + "a"))).isFalse();
        assertThat(matches(graph, REQUEST.withHeader("X-Key", value + "b"))).isTrue();
        assertThat(new LimitKey(RequestValue.parse("header:X-Key")).of(REQUEST.withHeader("X-Key", value)))
                .hasSize(128);
    }

    @Test
    void ofTooManyKeysThoseUsedLeastRecentlyAreForgotten() {
        RuleGraph graph = limit("'rate': '1/h', 'on': 'header:X-Key', 'keys': 100");
        RequestFacts known = REQUEST.withHeader("X-Key", "known");
        RequestFacts idle = REQUEST.withHeader("X-Key", "idle");
        passing(graph, known, 1);
        passing(graph, idle, 1);

        for (int i = 0; i < 1_000; i++) {
            matches(graph, REQUEST.withHeader("X-Key", "onrush-" + i));
            assertThat(matches(graph, known)).isFalse();
        }

        assertThat(matches(graph, idle)).isTrue();
    }

    @Test
    void anExplanationTellsTheTokensAndTakesNone() {
        RuleGraph graph = limit("'rate': '10/m', 'burst': 2, 'on': 'header:X-Key'");
        RequestFacts request = REQUEST.withHeader("X-Key", "alice");

        for (int i = 0; i < 5; i++) {
            Step step = graph.explain(request).steps().get(0);
            assertThat(step.seen()).isEqualTo("alice: 2 tokens");
            assertThat(step.expected()).isEqualTo("10/m, burst 2");
            assertThat(step.edge()).isEqualTo("succ");
        }
        assertThat(passing(graph, request, 5)).isEqualTo(2);
        assertThat(graph.explain(request).steps().get(0).seen()).isEqualTo("alice: 0 tokens");
        assertThat(graph.explain(REQUEST).steps().get(0).seen()).isEqualTo("no header:X-Key: 2 tokens");
    }

    @ParameterizedTest
    @CsvSource({"1/s, 1", "10/m, 6", "7/m, 9", "1/h, 3600", "1000/s, 1"})
    void aRefusalTellsInHowManySecondsToComeAgain(String rate, String seconds) {
        RuleGraph graph = limit("'rate': '" + rate + "', 'burst': 1");
        matches(graph, REQUEST);

        assertThat(graph.explain(REQUEST).steps().get(0).captures()).containsEntry("retry_after", seconds);
        clock.pass(Duration.ofSeconds(Integer.parseInt(seconds)));
        assertThat(matches(graph, REQUEST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'100'", "'0/s'", "'1000001/s'", "'1.5/s'", "'1/d'", "'1 /s'", "'-1/s'"})
    void refusesARateItCanNotRead(String rate) {
        assertThat(filterFaults("rate", "'rate': " + rate))
                .containsExactly("t.local: rule r1: rate: " + rate.replace('\'', '"')
                        + " (expected: 1 to 1000000 per s, m or h, such as 100/s, 6000/m or 5/h)");
    }

    @Test
    void namesEveryFieldItCanNotRead() {
        assertThat(filterFaults("rate", "'on': 'user', 'burst': 0, 'keys': 1, 'per': 's'"))
                .containsExactly(
                        "t.local: rule r1: on: \"user\" (expected: domain, client, host, path, header:NAME, cookie:NAME or"
                                + " query:NAME)",
                        "t.local: rule r1: rate: missing (expected: a string)",
                        "t.local: rule r1: burst: 0 (expected: an integer from 1 to 1000000)",
                        "t.local: rule r1: keys: 1 (expected: an integer from 2 to 10000000)",
                        "t.local: rule r1: per: \"s\" (unknown; expected: succ, fail, on, rate, burst, keys)");
    }

    @Test
    void noNumberOfThreadsGetsMoreThanTheLimit() throws Exception {
        RuleGraph graph = limit("'rate': '1000/s', 'burst': 20000, 'on': 'header:X-Key'");
        RequestFacts request = REQUEST.withHeader("X-Key", "a");

        long passed = Threads.sum(4, () -> passing(graph, request, 10_000));

        assertThat(passed).isEqualTo(20_000);
    }
}
