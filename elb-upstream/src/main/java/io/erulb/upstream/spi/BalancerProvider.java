package io.erulb.upstream.spi;

/**
 * Makes balancers of one type. Found by {@link java.util.ServiceLoader}, so it has a public constructor without
 * arguments; it holds no state and may be called from many threads.
 */
public interface BalancerProvider {

    /** The type's name in configuration: lower-case letters, digits and underscores, such as {@code round_robin}. */
    String type();

    /**
     * A balancer for a set of candidates. Must not change {@link BalancerContext#previous()}, which other threads may
     * still be using and which goes on when the new balancer is discarded.
     *
     * @throws RuntimeException when there can be no such balancer: making the upstream then fails with it. Thrown later,
     *     when the set of candidates of a live upstream changes, it is logged and the balancer in force stays
     */
    Balancer create(BalancerContext context);
}
