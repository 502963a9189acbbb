package io.erulb.examples.rules;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;

/** Decides a request by rules: compiles a document once, then asks it. */
public final class EmbedRules {
    private static final String RULES = """
            {"init": "r1", "rules": {
              "r1": {"type": "path", "args": {"pattern": "/blog", "succ": "r2", "fail": "r3"}},
              "r2": {"type": "backend", "args": {"servername": "blog"}},
              "r3": {"type": "backend", "args": {"servername": "site"}}}}
            """;

    private EmbedRules() {}

    /** Prints what is decided about a request, and the path through the rules that led there. */
    public static void main(String[] arguments) {
        RuleGraph graph = RuleGraph.compile("t.local", RuleSet.parse(RULES), FilterTypes.installed());

        RequestFacts request = RequestFacts.get("http://t.local/blog/hello?x=1");
        System.out.println(graph.decide(request));
        System.out.println(graph.explain(request).path());
    }
}
