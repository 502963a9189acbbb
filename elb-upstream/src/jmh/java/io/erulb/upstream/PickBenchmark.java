package io.erulb.upstream;

import io.erulb.upstream.spi.Selection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** What it costs to pick a server and to tell that it answered. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("missing-explicit-ctor") // JMH makes them
public class PickBenchmark {
    /** How many servers the upstream has. */
    @Param({"1", "10", "100"})
    public int servers;

    /** By its type. */
    @Param({"round_robin", "least_conn", "p2c", "hash", "random"})
    public String balancer = "";

    private Upstream upstream = Upstream.of("up", List.of(), UpstreamOptions.defaults());

    @Setup
    public void build() {
        List<ResolvedServer> all = IntStream.rangeClosed(1, servers)
                .mapToObj(i -> ResolvedServer.literal(ServerSpec.parse("10.0.0." + i + ":80", "")))
                .toList();
        UpstreamOptions options = UpstreamOptions.defaults()
                .withBalancer(BalancerTypes.installed().provider(balancer));
        upstream = Upstream.of("up", all, options);
    }

    @Benchmark
    @Threads(1)
    public Attempt oneThread() {
        return pickAndSucceed();
    }

    /** Both pick from the same upstream. */
    @Benchmark
    @Threads(2)
    public Attempt twoThreads() {
        return pickAndSucceed();
    }

    private Attempt pickAndSucceed() {
        long key = balancer.equals("hash") ? ThreadLocalRandom.current().nextLong() : Selection.NO_KEY;
        Attempt attempt = Objects.requireNonNull(upstream.pick(null, key));
        attempt.succeeded();
        return attempt;
    }
}
