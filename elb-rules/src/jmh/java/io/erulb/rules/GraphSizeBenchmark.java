package io.erulb.rules;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What rules cost that a request does not come by: the walk is three rules long in each graph. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("missing-explicit-ctor") // JMH makes them
public class GraphSizeBenchmark {
    /** How many rules the graph has. */
    @Param({"4", "50", "200"})
    public int rules;

    private final RequestView request = ExampleRules.httpie();
    private RuleGraph graph = ExampleRules.graph();

    @Setup
    public void compile() {
        graph = ExampleRules.graph(rules);
    }

    @Benchmark
    public Decision decide() {
        return graph.decide(request);
    }
}
