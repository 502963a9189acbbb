package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Explanation.Step;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.HeldRequest;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyProviderTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/");

    private final Nanos clock = Nanos.beforeTheWrap();

    private RuleGraph limit(String args) {
        FilterTypes types =
                FilterTypes.none().with(new ConcurrencyProvider(clock)).with(new BackendProvider());
        return filter("concurrency", args, types);
    }

    private static long passing(RuleGraph graph, RequestFacts request, int tries) {
        return IntStream.range(0, tries)
                .filter(i -> matches(graph, new HeldRequest(request)))
                .count();
    }

    @Test
    void letsSoManyThroughAsMayBeUnderWay() {
        RuleGraph graph = limit("'most': 3");

        assertThat(passing(graph, REQUEST, 10)).isEqualTo(3);
    }

    @Test
    void anEndedRequestMakesRoomForOne() {
        RuleGraph graph = limit("'most': 2");
        HeldRequest first = new HeldRequest(REQUEST);
        matches(graph, first);
        passing(graph, REQUEST, 5);

        first.end();

        assertThat(passing(graph, REQUEST, 5)).isEqualTo(1);
    }

    @Test
    void aRefusedRequestHasNothingToGiveBack() {
        RuleGraph graph = limit("'most': 1");
        passing(graph, REQUEST, 1);
        HeldRequest refused = new HeldRequest(REQUEST);

        assertThat(matches(graph, refused)).isFalse();

        assertThat(refused.waiting()).isZero();
    }

    @Test
    void countsEachKeyByItself() {
        RuleGraph graph = limit("'most': 2, 'on': 'header:X-Key'");

        assertThat(passing(graph, REQUEST.withHeader("X-Key", "a"), 5)).isEqualTo(2);
        assertThat(passing(graph, REQUEST.withHeader("X-Key", "b"), 5)).isEqualTo(2);
        assertThat(passing(graph, REQUEST, 5)).isEqualTo(2);
    }

    @Test
    void anExplanationTellsTheCountAndAddsNothing() {
        RuleGraph graph = limit("'most': 2, 'on': 'header:X-Key'");
        RequestFacts request = REQUEST.withHeader("X-Key", "a");
        passing(graph, request, 1);

        for (int i = 0; i < 5; i++) {
            Step step = graph.explain(new HeldRequest(request)).steps().get(0);
            assertThat(step.seen()).isEqualTo("a: 1 under way");
            assertThat(step.expected()).isEqualTo("fewer than 2");
            assertThat(step.edge()).isEqualTo("succ");
        }
        assertThat(passing(graph, request, 1)).isEqualTo(1);
        assertThat(graph.explain(request).steps().get(0).edge()).isEqualTo("fail");
    }

    @Test
    void requestsWhoseEndNobodyTellsAreNeverTooMany() {
        RuleGraph graph = limit("'most': 1");

        assertThat(IntStream.range(0, 100)).allMatch(i -> matches(graph, REQUEST));
    }

    @Test
    void anAdaptiveLimitStartsAsToldAndFollowsTheTimes() {
        RuleGraph graph = limit("'adaptive': {'initial': 20, 'min': 5, 'max': 40}");
        assertThat(passing(graph, REQUEST, 100)).isEqualTo(20);

        assertThat(underLoad(limit("'adaptive': {'initial': 20, 'min': 5, 'max': 40}"), 10, 10))
                .isEqualTo(40);
        assertThat(underLoad(limit("'adaptive': {'initial': 20, 'min': 5, 'max': 40}"), 10, 100))
                .isLessThan(20);
    }

    /** How many may be under way after 20 rounds of one time and 20 of another, each with as many as may be. */
    private int underLoad(RuleGraph graph, int millisAtFirst, int millisThen) {
        for (int i = 0; i < 40; i++) {
            Deque<HeldRequest> running = fill(graph);
            clock.pass(Duration.ofMillis(i < 20 ? millisAtFirst : millisThen));
            running.forEach(HeldRequest::end);
            clock.pass(Duration.ofMillis(100));
        }
        return fill(graph).size();
    }

    private static Deque<HeldRequest> fill(RuleGraph graph) {
        Deque<HeldRequest> running = new ArrayDeque<>();
        HeldRequest next = new HeldRequest(REQUEST);
        while (matches(graph, next)) {
            running.add(next);
            next = new HeldRequest(REQUEST);
        }
        return running;
    }

    @Test
    void anAdaptiveLimitIsExplained() {
        RuleGraph graph = limit("'adaptive': {'initial': 20}");
        passing(graph, REQUEST, 3);

        Step step = graph.explain(REQUEST).steps().get(0);

        assertThat(step.seen()).isEqualTo("3 under way");
        assertThat(step.expected()).isEqualTo("fewer than 20");
    }

    @Test
    void namesEveryFieldItCanNotRead() {
        assertThat(filterFaults("concurrency", "'most': 0, 'on': 'user', 'least': 1"))
                .containsExactly(
                        "t.local: rule r1: most: 0 (expected: an integer from 1 to 1000000)",
                        "t.local: rule r1: on: \"user\" (expected: domain, client, host, path, header:NAME, cookie:NAME or"
                                + " query:NAME)",
                        "t.local: rule r1: least: 1 (unknown; expected: succ, fail, most, adaptive, on)");
        assertThat(filterFaults("concurrency", ""))
                .containsExactly("t.local: rule r1: most: missing (expected: either most or adaptive)");
        assertThat(filterFaults("concurrency", "'most': 1, 'adaptive': {}"))
                .containsExactly("t.local: rule r1: most: 1 (expected: either most or adaptive)");
        assertThat(filterFaults("concurrency", "'adaptive': {'tolerance': 0.5, 'start': 3}, 'on': 'client'"))
                .containsExactly(
                        "t.local: rule r1: on: \"client\" (expected: domain, as adaptive has one limit for the whole rule)",
                        "t.local: rule r1: adaptive.tolerance: 0.5 (expected: a number from 1 to 10)",
                        "t.local: rule r1: adaptive.start: 3 (unknown; expected: min, max, initial, tolerance)");
        assertThat(filterFaults("concurrency", "'adaptive': {'min': 10, 'max': 9}"))
                .containsExactly("t.local: rule r1: adaptive.max: 9 (expected: at least min, which is 10)");
        assertThat(filterFaults("concurrency", "'adaptive': {'initial': 9}"))
                .containsExactly(
                        "t.local: rule r1: adaptive.initial: 9 (expected: an integer from min to max, which are 10"
                                + " and 1000)");
    }

    @Test
    void noNumberOfThreadsHasMoreUnderWayThanTheLimit() throws Exception {
        UnderWay underWay = new UnderWay();
        AtomicInteger present = new AtomicInteger();

        long tooMany = Threads.sum(4, () -> {
            long seen = 0;
            for (int i = 0; i < 50_000; i++) {
                if (underWay.enter("key", 2)) {
                    seen += present.incrementAndGet() > 2 ? 1 : 0;
                    present.decrementAndGet();
                    underWay.leave("key");
                }
            }
            return seen;
        });

        assertThat(tooMany).isZero();
        assertThat(underWay.of("key")).isZero();
        assertThat(underWay.keys()).isZero();
    }
}
