package io.erulb.rules.analysis;

import io.erulb.rules.FactsView;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random documents about few short texts, and every request that is made of them. */
final class SmallGraphs {
    private static final List<String> PATHS =
            List.of("/", "/a", "/b", "/ab", "/aa", "/ba", "/a/", "/a/a", "/a/b", "/b/a", "/abb", "/bab");
    private static final List<String> VALUES = List.of("", "a", "b", "ab", "ba", "aab");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT");
    private static final List<String> CLIENTS = List.of("192.0.2.1", "192.0.2.200", "2001:db8::1");
    private static final List<String> PREFIXES = List.of("/a", "/b", "/ab", "/a/", "/b/a", "a");
    private static final List<String> PATTERNS = List.of(
            "a", "^/a", "b$", "^/(a|b)/?$", "^/a*$", "a.*b", "(ab)+", "^/[^b]*$", "^.{1,2}$", "^/b?a", "c", "/$", "^$");
    private static final List<String> BLOCKS =
            List.of("192.0.2.0/25", "192.0.2.0/24", "2001:db8::/32", "0.0.0.0/0", "::/0", "192.0.2.1");

    private SmallGraphs() {}

    static String document(Random random) {
        int filters = 1 + random.nextInt(9);
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < filters; i++) {
            rules.append("'r%d': {'type': %s%s%s}}, "
                    .formatted(i, filter(random), edge(random, "succ", i, filters), edge(random, "fail", i, filters)));
        }
        rules.append("'r%d': {'type': 'backend', 'args': {'servername': 'up1'}}, ".formatted(filters));
        rules.append("'r%d': {'type': 'redirect', 'args': {'location': '/$1'}}".formatted(filters + 1));
        return "{'init': 'r0', 'rules': {" + rules + "}}";
    }

    /** An edge to a later rule, near ones more often, so that there are long ways; now and then none. */
    private static String edge(Random random, String name, int from, int filters) {
        int far = 1 + random.nextInt(random.nextBoolean() ? 2 : filters + 1 - from);
        int target = Math.min(filters + 1, from + far);
        return random.nextInt(8) == 0 ? "" : ", '" + name + "': 'r" + target + "'";
    }

    private static String filter(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "'path', 'args': {'pattern': '%s'".formatted(one(random, PREFIXES));
            case 2, 3 -> "'path', 'args': {'regex': true, 'pattern': '%s'".formatted(one(random, PATTERNS));
            case 4 -> "'method', 'args': {'method': ['%s', '%s']".formatted(one(random, METHODS), one(random, METHODS));
            case 5 -> "'client', 'args': {'cidr': ['%s', '%s']".formatted(one(random, BLOCKS), one(random, BLOCKS));
            case 6 -> "'ua', 'args': {'pattern': '%s'".formatted(one(random, PATTERNS));
            case 7 ->
                "'split', 'args': {'percent': %d, 'on': 'header:User-Agent', 'salt': '%s'"
                        .formatted(random.nextInt(11) * 10, one(random, List.of("s", "t")));
            default -> "'header', 'args': {'name': 'user-agent', %s".formatted(condition(random));
        };
    }

    private static String condition(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "'equals': ['%s', '%s']".formatted(one(random, VALUES), one(random, VALUES));
            case 1 -> "'prefix': '%s', 'ignore_case': true".formatted(one(random, VALUES));
            case 2 -> "'pattern': '%s'".formatted(one(random, PATTERNS));
            default -> "'ignore_case': false";
        };
    }

    /** Each path with each method, client, and no, one or two lines of the header. */
    static List<RequestFacts> requests() {
        List<RequestFacts> all = new ArrayList<>();
        for (String path : PATHS) {
            for (String method : METHODS) {
                for (String client : CLIENTS) {
                    RequestFacts bare =
                            RequestFacts.of(method, "http://t.local" + path).withClient(client);
                    all.add(bare);
                    VALUES.forEach(value -> all.add(bare.withHeader("User-Agent", value)));
                    all.add(bare.withHeader("User-Agent", "b").withHeader("User-Agent", "a"));
                }
            }
        }
        return all;
    }

    /** The same requests as OPTIONS for the server as a whole, whose path no URL has. */
    static List<RequestView> asteriskRequests() {
        return requests().stream()
                .map(facts -> (RequestView) new Asterisk(facts))
                .toList();
    }

    private static final class Asterisk extends FactsView {
        Asterisk(RequestFacts facts) {
            super(facts);
        }

        @Override
        public String path() {
            return "*";
        }
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
