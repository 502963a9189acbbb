package io.erulb.upstream;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** What a balancer takes to choose among ten servers, some of them with attempts under way, and nothing around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("missing-explicit-ctor") // JMH makes them
public class BalancerBenchmark {
    private static final int SERVERS = 10;
    private static final int REQUESTS = 1 << 10;

    /** By its type. */
    @Param({"round_robin", "least_conn", "p2c", "hash", "random"})
    public String balancer = "";

    private final Selection[] requests = new Selection[REQUESTS];
    private @Nullable Balancer made;

    /** Where a thread is among the requests. */
    @State(Scope.Thread)
    public static class Place {
        private int next;
    }

    @Setup
    public void build() {
        List<ResolvedServer> all = IntStream.rangeClosed(1, SERVERS)
                .mapToObj(i -> ResolvedServer.literal(ServerSpec.parse("10.0.0." + i + ":80", "")))
                .toList();
        UpstreamOptions options = UpstreamOptions.defaults()
                .withBalancer(BalancerTypes.installed().provider(balancer));
        Upstream upstream = Upstream.of("up", all, options);
        for (int i = 0; i < SERVERS / 2; i++) {
            Objects.requireNonNull(upstream.pick(null)).answered(200, (i + 1) * 1_000_000L);
        }
        List<Integer> weights = upstream.peers().stream().map(peer -> 1).toList();
        made = options.balancer()
                .create(new BalancerContext(
                        upstream.peers(),
                        upstream.peers(),
                        weights,
                        null,
                        options.nanoClock(),
                        options.random(),
                        Map.of()));
        Random keys = new Random(1);
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = Untried.by(null, keys.nextLong());
        }
    }

    @Benchmark
    @Threads(1)
    public @Nullable Peer oneThread(Place place) {
        return pick(place);
    }

    @Benchmark
    @Threads(2)
    public @Nullable Peer twoThreads(Place place) {
        return pick(place);
    }

    private @Nullable Peer pick(Place place) {
        Balancer balancerToAsk = made;
        if (balancerToAsk == null) {
            throw new IllegalStateException("not built");
        }
        return balancerToAsk.pick(requests[place.next++ & REQUESTS - 1]);
    }
}
