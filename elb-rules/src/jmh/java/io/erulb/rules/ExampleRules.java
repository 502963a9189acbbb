package io.erulb.rules;

/** The documentation's example: HTTPie's requests below /blog/ go to upstream1, all else to upstream2. */
final class ExampleRules {
    private ExampleRules() {}

    /** The four rules of the example. */
    static RuleGraph graph() {
        return graph(4);
    }

    /**
     * The example with further rules between r1 and r3, each of which passes on what it does not match. They are what a
     * request meets that is not HTTPie's; for HTTPie's the walk is as long as before.
     *
     * @param rules how many in all, at least 4
     */
    static RuleGraph graph(int rules) {
        StringBuilder between = new StringBuilder();
        for (int rule = 5; rule <= rules; rule++) {
            String next = rule < rules ? "r" + (rule + 1) : "r3";
            between.append(String.format("""
                    "r%d": {"type": "path", "args": {"pattern": "/p%d/", "succ": "r2", "fail": "%s"}},
                    """, rule, rule, next));
        }
        String json = String.format("""
                {"init": "r1", "rules": {
                  "r1": {"type": "ua", "args": {"pattern": "httpie(\\\\S+)$", "succ": "r4", "fail": "%s"}},
                  "r2": {"type": "backend", "args": {"servername": "upstream1"}},
                  "r3": {"type": "backend", "args": {"servername": "upstream2"}},
                  %s
                  "r4": {"type": "path", "args":
                    {"regex": true, "pattern": "^\\\\/blog\\\\/(\\\\S+)$", "rewrite": false, "succ": "r2", "fail": "r3"}}
                }}
                """, rules > 4 ? "r5" : "r3", between);
        return RuleGraph.compile("example.com", RuleSet.parse(json), FilterTypes.installed());
    }

    /** A request that passes r1 and r4 to upstream1. */
    static RequestView httpie() {
        return request("HTTPie/0.9.9");
    }

    /** A request that r1 sends to upstream2. */
    static RequestView curl() {
        return request("curl/8.5.0");
    }

    private static RequestView request(String agent) {
        return RequestFacts.get("http://example.com/blog/small")
                .withHeader("Host", "example.com")
                .withHeader("User-Agent", agent)
                .withHeader("Accept", "*/*");
    }
}
