package io.erulb.admin;

import io.erulb.routing.RoutingTable;
import io.erulb.routing.Target;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.analysis.Finding;
import io.erulb.rules.analysis.RuleAnalysis;
import io.erulb.rules.analysis.RuleAnalysis.UpstreamState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Analyses of rules, each made once for as long as the rules are around. Safe for use by many threads. */
final class Lint {
    private final Map<RuleGraph, RuleAnalysis> made = new WeakHashMap<>();

    /** What there is to say of a graph, its upstreams as they stand in a table included. */
    List<Finding> findings(RuleGraph graph, RoutingTable table) {
        RuleAnalysis analysis = analysis(graph);
        List<Finding> findings = new ArrayList<>(analysis.findings());
        findings.addAll(analysis.upstreamFindings(name -> state(table, name)));
        return findings;
    }

    /** What there is to say of a graph by itself. */
    List<Finding> findings(RuleGraph graph) {
        return analysis(graph).findings();
    }

    private RuleAnalysis analysis(RuleGraph graph) {
        synchronized (made) {
            RuleAnalysis known = made.get(graph);
            if (known != null) {
                return known;
            }
        }
        // Two who ask at once may both make it; nobody waits for another's.
        RuleAnalysis analysis = new RuleAnalysis(graph);
        synchronized (made) {
            made.put(graph, analysis);
        }
        return analysis;
    }

    private static UpstreamState state(RoutingTable table, String name) {
        Target target = table.target(name);
        if (target == null) {
            return UpstreamState.MISSING;
        }
        return target.live().peers().isEmpty() ? UpstreamState.EMPTY : UpstreamState.READY;
    }
}
