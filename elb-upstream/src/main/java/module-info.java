/**
 * Upstreams: which server a request goes to, and what is remembered of the servers. Stands on the JDK alone.
 *
 * @provides io.erulb.upstream.spi.BalancerProvider the built-in {@code round_robin}
 * @uses io.erulb.upstream.spi.BalancerProvider to find balancers of other jars
 */
module io.erulb.upstream {
    requires static transitive org.jspecify;

    exports io.erulb.upstream;
    exports io.erulb.upstream.spi;

    uses io.erulb.upstream.spi.BalancerProvider;

    provides io.erulb.upstream.spi.BalancerProvider with
            io.erulb.upstream.balancer.RoundRobinProvider;
}
