/**
 * Upstreams: which server a request goes to, and what is remembered of the servers. Stands on the JDK alone.
 *
 * @provides io.erulb.upstream.spi.BalancerProvider the built-in {@code round_robin}, {@code least_conn}, {@code p2c},
 *     {@code hash} and {@code random}
 * @uses io.erulb.upstream.spi.BalancerProvider to find balancers of other jars
 */
module io.erulb.upstream {
    requires static transitive org.jspecify;

    exports io.erulb.upstream;
    exports io.erulb.upstream.health;
    exports io.erulb.upstream.spi;

    uses io.erulb.upstream.spi.BalancerProvider;

    provides io.erulb.upstream.spi.BalancerProvider with
            io.erulb.upstream.balancer.RoundRobinProvider,
            io.erulb.upstream.balancer.LeastConnProvider,
            io.erulb.upstream.balancer.HashProvider,
            io.erulb.upstream.balancer.TwoChoicesProvider,
            io.erulb.upstream.balancer.RandomProvider;
}
