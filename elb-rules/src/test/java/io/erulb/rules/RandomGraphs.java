package io.erulb.rules;

import java.util.List;
import java.util.Random;

/** Documents without faults and requests that take all kinds of ways through them. */
public final class RandomGraphs {
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/b/a/c", "/a/b/c/d", "/c%20d/a");
    private static final List<String> AGENTS = List.of("", "curl/8", "Mozilla curl", "httpie/1");
    private static final List<String> FILTERS = List.of(
            "'ua', 'args': {'pattern': 'curl'",
            "'ua', 'args': {'pattern': '(http)(ie)?'",
            "'path', 'args': {'pattern': '/a'",
            "'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/[ab]/(.+)$'",
            "'path', 'args': {'regex': true, 'pattern': '/(b)(?P<rest>.*)$'",
            "'path', 'args': {'regex': true, 'backtracking': true, 'pattern': '^/(?=a)(.)'",
            "'method', 'args': {'method': ['GET', 'PUT']",
            "'query', 'args': {'name': 'x', 'pattern': '(1|2)'",
            "'split', 'args': {'percent': 50, 'on': 'client'",
            "'client', 'args': {'cidr': '192.0.2.0/25'");
    private static final List<String> TERMINALS = List.of(
            "{'type': 'backend', 'args': {'servername': 'up1', 'X-A': 'b'}}",
            "{'type': 'backend', 'args': {'servername': {'up2': ''}}}",
            "{'type': 'redirect', 'args': {'status': 308, 'location': '/$1/${rest}?$2'}}",
            "{'type': 'respond', 'args': {'status': 429, 'body': 'later'}}");

    private RandomGraphs() {}

    /** A document in single quotes. */
    public static String document(Random random) {
        int filters = random.nextInt(12);
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < filters; i++) {
            rules.append("'r%d': {'type': %s%s%s}}, "
                    .formatted(
                            i,
                            one(random, FILTERS),
                            edge(random, "succ", i, filters),
                            edge(random, "fail", i, filters)));
        }
        for (int i = 0; i < TERMINALS.size(); i++) {
            rules.append("'r%d': %s%s".formatted(filters + i, TERMINALS.get(i), i + 1 < TERMINALS.size() ? ", " : ""));
        }
        return "{'init': 'r0', 'rules': {" + rules + "}}";
    }

    /** An edge to a later rule, so that there is no cycle; now and then none. */
    private static String edge(Random random, String name, int from, int filters) {
        int target = from + 1 + random.nextInt(filters + TERMINALS.size() - from - 1);
        return random.nextInt(10) == 0 ? "" : ", '" + name + "': 'r" + target + "'";
    }

    /** A request that some of its rules match. */
    public static RequestFacts request(Random random) {
        String query = random.nextBoolean() ? "?x=" + random.nextInt(4) : "";
        return RequestFacts.of(
                        one(random, List.of("GET", "POST", "PUT")), "http://t.local" + one(random, PATHS) + query)
                .withHeader("User-Agent", one(random, AGENTS))
                .withClient("192.0.2." + random.nextInt(256));
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
