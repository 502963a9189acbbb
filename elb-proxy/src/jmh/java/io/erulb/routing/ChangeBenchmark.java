package io.erulb.routing;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs to put one change in force among many domains, each with an upstream of two servers of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChangeBenchmark {
    /** How many domains there are. */
    @Param({"1", "100", "10000"})
    public int domains;

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private int made;

    @Setup
    public void fill() {
        RoutingChange.Builder change = RoutingChange.builder();
        for (int i = 0; i < domains; i++) {
            change.putServer("upstream-" + i, address(i, 1), "")
                    .putServer("upstream-" + i, address(i, 2), "backup")
                    .putDomain(domain(i), rules(i, "/blog"));
        }
        routing.apply(change.build());
    }

    @TearDown
    public void close() {
        routing.close();
    }

    private static String address(int domain, int server) {
        return "10." + server + '.' + (domain >> 8) + '.' + (domain & 255);
    }

    private static String domain(int number) {
        return "shop-" + number + ".example.com";
    }

    private static String rules(int domain, String path) {
        return "{\"init\": \"r1\", \"rules\": {"
                + "\"r1\": {\"type\": \"path\", \"args\": {\"pattern\": \"" + path
                + "\", \"succ\": \"r2\", \"fail\": \"r3\"}},"
                + "\"r2\": {\"type\": \"backend\", \"args\": {\"servername\": \"upstream-" + domain + "\"}},"
                + "\"r3\": {\"type\": \"respond\", \"args\": {\"status\": 404}}}}";
    }

    /** One domain has another document of three rules. */
    @Benchmark
    public RoutingTable oneDomain() {
        int domain = made++ % domains;
        return routing.apply(RoutingChange.builder()
                .putDomain(domain(domain), rules(domain, "/" + made))
                .build());
    }

    /** One server of an upstream has another weight. */
    @Benchmark
    public RoutingTable oneServer() {
        int domain = made++ % domains;
        return routing.apply(RoutingChange.builder()
                .putServer("upstream-" + domain, address(domain, 1), "weight=" + (1 + made % 60_000))
                .build());
    }
}
