package io.erulb.upstream.spi;

import java.util.Map;
import java.util.TreeMap;

/**
 * Makes balancers of one type. Found by {@link java.util.ServiceLoader}, so it has a public constructor without
 * arguments; it holds no state and may be called from many threads.
 */
public interface BalancerProvider {

    /** The type's name in configuration: lower-case letters, digits and underscores, such as {@code round_robin}. */
    String type();

    /** Whether its balancers go by {@link Selection#key()}, so that configuration may say what the key is. */
    default boolean keyed() {
        return false;
    }

    /**
     * Judges what configuration tells the balancer beside its type: strings, numbers and truth values by name, as they are
     * written. By default nothing is accepted.
     *
     * @return what is wrong, by the name that it is wrong with: what is accepted, such as {@code a number from 1 to 10};
     *     empty when all is well
     */
    default Map<String, String> check(Map<String, String> args) {
        Map<String, String> faults = new TreeMap<>();
        args.keySet().forEach(name -> faults.put(name, "nothing of this name"));
        return faults;
    }

    /**
     * A balancer for a set of candidates. Must not change {@link BalancerContext#previous()}, which other threads may
     * still be using and which goes on when the new balancer is discarded.
     *
     * @throws RuntimeException when there can be no such balancer: making the upstream then fails with it. Thrown later,
     *     when the set of candidates of a live upstream changes, it is logged and the balancer in force stays
     */
    Balancer create(BalancerContext context);
}
