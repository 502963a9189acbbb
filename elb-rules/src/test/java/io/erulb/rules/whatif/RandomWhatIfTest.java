package io.erulb.rules.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.Decision;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RandomGraphs;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random requests of random rules against other random rules, beside what decides. */
class RandomWhatIfTest {
    private static final int GRAPHS = 100;
    private static final int REQUESTS = 100;
    private static final FilterTypes TYPES = FilterTypes.installed();
    private static final List<String> SECRET_FILTERS = List.of(
            "'header', 'args': {'name': 'Authorization', 'prefix': 'Bearer a'",
            "'header', 'args': {'name': 'Authorization', 'equals': ['Bearer ab', 'Bearer b']",
            "'header', 'args': {'name': 'Authorization'",
            "'cookie', 'args': {'name': 'shop', 'pattern': '^(a|b)'",
            "'cookie', 'args': {'name': 'shop', 'equals': 'a'",
            "'cookie', 'args': {'name': 'shop'",
            "'query', 'args': {'name': 'token', 'equals': 'a'",
            "'split', 'args': {'percent': 50, 'on': 'cookie:shop'",
            "'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/[ab]/(.+)$'",
            "'path', 'args': {'pattern': '/a'");

    @Test
    void tellsWhatReplayingOneByOneTells() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            RuleGraph before = graph(RandomGraphs.document(random));
            RuleGraph after = graph(changed(RandomGraphs.document(random), before, random));
            RecentRequests ring = new RecentRequests(REQUESTS, 1, Secrets.usual());
            Map<String, Integer> expected = new TreeMap<>();
            for (int i = 0; i < REQUESTS; i++) {
                RequestFacts request = RandomGraphs.request(random);
                record(ring, before, request, "User-Agent", String.valueOf(request.header("User-Agent")));
                String from = place(before, request);
                String to = place(after, request);
                if (!from.equals(to)) {
                    expected.merge(from + " > " + to, 1, Integer::sum);
                }
            }

            Comparison comparison = WhatIf.compare(ring, after);

            assertThat(told(comparison)).as("seed %d", seed).isEqualTo(byUpstreamAndStatus(expected));
            assertThat(comparison.unsure()).isZero();
            assertThat(comparison.moved())
                    .isEqualTo(expected.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        }
    }

    @Test
    void neverGuessesWhatASecretDecides() {
        int sure = 0;
        int unsure = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            RuleGraph before = graph(secretRules(random));
            RuleGraph after =
                    graph(random.nextBoolean() ? changed(secretRules(random), before, random) : secretRules(random));
            RecentRequests ring = new RecentRequests(REQUESTS, 1, Secrets.usual());
            List<Boolean> moves = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String[] fields = secretFields(random);
                RequestFacts request = RequestFacts.get("http://t.local" + path(random));
                for (int field = 0; field < fields.length; field += 2) {
                    request = request.withHeader(fields[field], fields[field + 1]);
                }
                record(ring, before, request, fields);
                moves.add(!place(before, request).equals(place(after, request)));
            }
            Comparing comparing = new Comparing(after, ring.secrets());
            List<Kept> kept = ring.all();
            for (int i = 0; i < REQUESTS; i++) {
                Replayed replayed = comparing.replay(kept.get(i));
                if (replayed.unknown() == null) {
                    sure++;
                    assertThat(replayed.move() != null)
                            .as("seed %d request %d", seed, i)
                            .isEqualTo(moves.get(i));
                } else {
                    unsure++;
                }
            }
        }
        assertThat(sure).isGreaterThan(GRAPHS * REQUESTS / 2);
        assertThat(unsure).isGreaterThan(GRAPHS * REQUESTS / 50);
    }

    private static RuleGraph graph(String document) {
        return Recording.graph(document, TYPES);
    }

    private static void record(RecentRequests ring, RuleGraph graph, RequestFacts request, String... fields) {
        Walk walk = new Walk();
        graph.decide(request, walk);
        ring.record(request, fields::clone, graph, walk);
    }

    /** Half of the time the rules before with one edge or argument changed, else other rules. */
    private static String changed(String other, RuleGraph before, Random random) {
        if (random.nextBoolean()) {
            return other;
        }
        String document = before.document().toJson();
        List<String> swaps = List.of("/a", "curl", "GET", "\"succ\"", "up1", "shop", "Bearer a");
        String what = swaps.get(random.nextInt(swaps.size()));
        return what.equals("\"succ\"")
                ? document.replace("\"succ\"", "\"x\"")
                        .replace("\"fail\"", "\"succ\"")
                        .replace("\"x\"", "\"fail\"")
                : document.replace(what, what + "b".repeat(random.nextInt(2)));
    }

    private static String secretRules(Random random) {
        int filters = 1 + random.nextInt(6);
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < filters; i++) {
            rules.append("'r%d': {'type': %s, 'succ': 'r%d', 'fail': 'r%d'}}, "
                    .formatted(
                            i,
                            SECRET_FILTERS.get(random.nextInt(SECRET_FILTERS.size())),
                            i + 1 + random.nextInt(filters + 3 - i - 1),
                            i + 1 + random.nextInt(filters + 3 - i - 1)));
        }
        return "{'init': 'r0', 'rules': {" + rules
                + "'r%d': {'type': 'backend', 'args': {'servername': 'up1'}},".formatted(filters)
                + "'r%d': {'type': 'redirect', 'args': {'location': '/x/$1'}},".formatted(filters + 1)
                + "'r%d': {'type': 'respond', 'args': {'status': 404}}}}".formatted(filters + 2);
    }

    private static String path(Random random) {
        return List.of("/", "/a", "/b/a", "/a?token=a", "/a?token=b&x=1").get(random.nextInt(5));
    }

    private static String[] secretFields(Random random) {
        List<String> fields = new ArrayList<>();
        if (random.nextBoolean()) {
            fields.addAll(List.of("authorization", "Bearer " + "ab".substring(random.nextInt(2))));
        }
        if (random.nextBoolean()) {
            fields.addAll(List.of("Cookie", "x=1; shop=" + "abc".charAt(random.nextInt(3)) + " ; y=2"));
        }
        return fields.toArray(String[]::new);
    }

    /** Where a request goes, and with what. */
    private static String place(RuleGraph graph, RequestFacts request) {
        Decision decision = graph.decide(request);
        if (decision instanceof Decision.Forward forward) {
            return forward.upstream() + "|" + (forward.path() == null ? request.path() : forward.path());
        }
        if (decision instanceof Decision.Redirect redirect) {
            return redirect.status() + "|" + redirect.location();
        }
        return decision instanceof Decision.Respond respond
                ? "" + respond.status()
                : "" + ((Decision.Reject) decision).status();
    }

    private static Map<String, Integer> told(Comparison comparison) {
        Map<String, Integer> told = new TreeMap<>();
        comparison
                .flows()
                .forEach(flow -> told.merge(
                        flow.from().replaceFirst(" by .*", "") + " > "
                                + flow.to().replaceFirst(" by .*", ""),
                        flow.count(),
                        Integer::sum));
        return told;
    }

    private static Map<String, Integer> byUpstreamAndStatus(Map<String, Integer> moves) {
        Map<String, Integer> grouped = new TreeMap<>();
        moves.forEach((move, count) -> grouped.merge(move.replaceAll("\\|.*?(?= > |$)", ""), count, Integer::sum));
        return grouped;
    }
}
