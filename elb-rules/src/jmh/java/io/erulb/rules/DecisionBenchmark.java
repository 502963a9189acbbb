package io.erulb.rules;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the decision about a request costs, by the documentation's example, and what counting it adds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("missing-explicit-ctor") // JMH makes them
public class DecisionBenchmark {
    private final RuleGraph graph = ExampleRules.graph();
    private final RequestView httpie = ExampleRules.httpie();
    private final RequestView curl = ExampleRules.curl();

    /** Two patterns match. */
    @Benchmark
    public Decision bothMatch() {
        return graph.decide(httpie);
    }

    /** The first pattern does not match. */
    @Benchmark
    public Decision firstMisses() {
        return graph.decide(curl);
    }

    /** Two patterns match, and the request is counted at the edges it came by. */
    @Benchmark
    public Decision bothMatchCounted() {
        Walk walk = new Walk();
        Decision decision = graph.decide(httpie, walk);
        graph.count(walk, 200);
        return decision;
    }
}
