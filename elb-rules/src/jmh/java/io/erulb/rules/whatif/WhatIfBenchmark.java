package io.erulb.rules.whatif;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.rules.Walk;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to keep a request, and to go over 10,000 of them with other rules. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("missing-explicit-ctor") // JMH makes them
public class WhatIfBenchmark {
    private static final int KEPT = 10_000;
    private static final int RULES = 20;
    private static final String[] FIELDS = {
        "Host", "t.local",
        "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language", "de,en-US;q=0.7,en;q=0.3",
        "Accept-Encoding", "gzip, deflate, br",
        "Referer", "http://t.local/blog/",
        "Connection", "keep-alive",
        "Cookie", "session=0123456789abcdef0123456789abcdef"
    };

    private final RuleGraph graph = graph("upstream1");
    private final RuleGraph other = graph("upstream3");
    private final RequestFacts request = RequestFacts.get("http://t.local/blog/a?page=2");
    private final Walk walk = new Walk();
    private final RecentRequests recent = new RecentRequests(KEPT, 1, Secrets.usual());
    private final RecentRequests sampled = new RecentRequests(KEPT, 100, Secrets.usual());

    /** Rules on the path, each of which passes on what it does not match. */
    private static RuleGraph graph(String upstream) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < RULES; i++) {
            String next = i + 1 < RULES ? "r" + (i + 1) : "last";
            rules.append(String.format(
                    "\"r%d\": {\"type\": \"path\", \"args\": {\"pattern\": \"^/p%d/(.*)\", \"regex\": true,"
                            + " \"succ\": \"up\", \"fail\": \"%s\"}}, ",
                    i, i, next));
        }
        return RuleGraph.compile(
                "t.local",
                RuleSet.parse("{\"init\": \"r0\", \"rules\": {" + rules
                        + "\"last\": {\"type\": \"backend\", \"args\": {\"servername\": \"upstream2\"}},"
                        + "\"up\": {\"type\": \"backend\", \"args\": {\"servername\": \"" + upstream + "\"}}}}"),
                FilterTypes.installed());
    }

    /** Fills the ring. */
    @Setup
    public void fill() {
        for (int i = 0; i < KEPT; i++) {
            RequestFacts one = RequestFacts.get("http://t.local/p" + i % (2 * RULES) + "/x");
            Walk way = new Walk();
            graph.decide(one, way);
            recent.record(one, FIELDS::clone, graph, way);
        }
        graph.decide(request, walk);
    }

    /** Eight fields, one of them a cookie. */
    @Benchmark
    public void keep() {
        recent.record(request, FIELDS::clone, graph, walk);
    }

    /** The same where one in a hundred is kept. */
    @Benchmark
    public void keepOneInHundred() {
        sampled.record(request, FIELDS::clone, graph, walk);
    }

    /** All that are kept, by twenty patterns of which one leads elsewhere now. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Comparison compareTenThousand() {
        return WhatIf.compare(recent, other);
    }
}
