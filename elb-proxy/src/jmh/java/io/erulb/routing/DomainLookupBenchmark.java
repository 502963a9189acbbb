package io.erulb.routing;

import io.erulb.rules.Decision;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RequestView;
import java.util.Map;
import java.util.Objects;
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

/** What it costs to find the domain of a request among others and to decide by its rules, the documentation's example. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DomainLookupBenchmark {
    private static final String RULES = """
            {"init": "r1", "rules": {
              "r1": {"type": "ua", "args": {"pattern": "httpie(\\\\S+)$", "succ": "r4", "fail": "r3"}},
              "r2": {"type": "backend", "args": {"servername": "upstream1"}},
              "r3": {"type": "backend", "args": {"servername": "upstream2"}},
              "r4": {"type": "path", "args":
                  {"regex": true, "pattern": "^\\\\/blog\\\\/(\\\\S+)$", "rewrite": false, "succ": "r2", "fail": "r3"}}
            }}
            """;

    /** How many domains there are. */
    @Param({"1", "100", "10000"})
    public int domains;

    private final RequestView request =
            RequestFacts.get("http://example.com/blog/small").withHeader("User-Agent", "HTTPie/0.9.9");
    private RoutingTable table = RoutingTable.EMPTY;
    private String[] hosts = {};
    private int next;

    @Setup
    public void build() {
        hosts = IntStream.range(0, domains)
                .mapToObj(i -> "shop-" + i + ".example.com")
                .toArray(String[]::new);
        RoutingChange.Builder change = RoutingChange.builder()
                .putUpstream("upstream1", Map.of("10.0.0.1:80", ""))
                .putUpstream("upstream2", Map.of("10.0.0.2:80", ""));
        for (String host : hosts) {
            change.putDomain(host, RULES);
        }
        try (LiveRouting routing = LiveRouting.create(RoutingOptions.defaults())) {
            table = routing.apply(change.build());
        }
    }

    /** All requests are for one domain of these. */
    @Benchmark
    public Decision oneBusyDomain() {
        return decide(hosts[hosts.length / 2]);
    }

    /** Each request is for another domain, whose rules the processor's caches may have lost meanwhile. */
    @Benchmark
    public Decision eachDomainInTurn() {
        next = next + 1 < hosts.length ? next + 1 : 0;
        return decide(hosts[next]);
    }

    private Decision decide(String host) {
        Domain domain = Objects.requireNonNull(table.domain(host));
        return domain.graph().decide(request);
    }
}
