package io.erulb.rules.whatif;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.Graphs;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.util.ArrayList;
import java.util.List;

/** A ring with what is recorded into it, and other rules to try. */
final class Recording {
    private final RecentRequests ring;
    private final RuleGraph graph;

    Recording(RecentRequests ring, RuleGraph graph) {
        this.ring = ring;
        this.graph = graph;
    }

    /** Of the last 1,000 requests, by rules in single quotes. */
    static Recording of(String rules) {
        return of(rules, FilterTypes.installed());
    }

    static Recording of(String rules, FilterTypes types) {
        return new Recording(new RecentRequests(1_000, 1, Secrets.usual()), graph(rules, types));
    }

    static RuleGraph graph(String rules, FilterTypes types) {
        return RuleGraph.compile("t.local", Graphs.document(rules), types);
    }

    RecentRequests ring() {
        return ring;
    }

    /** Decides and records a request; header fields by turns with their values. */
    Recording request(String url, String... fields) {
        return request(RequestFacts.get(url), fields);
    }

    Recording request(RequestFacts request, String... fields) {
        RequestFacts sent = request;
        for (int i = 0; i < fields.length; i += 2) {
            sent = sent.withHeader(fields[i], fields[i + 1]);
        }
        Walk walk = new Walk();
        graph.decide(sent, walk);
        ring.record(sent, fields::clone, graph, walk);
        return this;
    }

    Comparison with(String rules) {
        return with(graph(rules, FilterTypes.installed()));
    }

    Comparison with(RuleGraph other) {
        return WhatIf.compare(ring, other);
    }

    /** The flows as {@code from > to: count}, with what differs where only that does. */
    static List<String> flows(Comparison comparison) {
        List<String> flows = new ArrayList<>();
        comparison
                .flows()
                .forEach(flow -> flows.add(flow.from() + " > " + flow.to()
                        + (flow.differs() == null ? "" : " (" + flow.differs() + ")") + ": " + flow.count()));
        return flows;
    }
}
