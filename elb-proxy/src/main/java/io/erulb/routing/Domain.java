package io.erulb.routing;

import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;

/** A domain in force: its name as configured and its compiled rules. Immutable but for the graph's own counters. */
public final class Domain {
    private final String name;
    private final RuleGraph graph;

    Domain(String name, RuleGraph graph) {
        this.name = name;
        this.graph = graph;
    }

    /** The name as its rules are keyed: a host, a host with port, {@code *.suffix} or {@code *}. */
    public String name() {
        return name;
    }

    /** The document as written. */
    public RuleSet rules() {
        return graph.document();
    }

    /** The compiled document. */
    public RuleGraph graph() {
        return graph;
    }
}
