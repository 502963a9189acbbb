package io.erulb.upstream.spi;

import io.erulb.upstream.Peer;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a balancer is made from. Immutable.
 *
 * @param peers all primaries of the upstream, or all its backups, in the order they are written
 * @param candidates those of {@code peers} that can be tried for now, in the same order; never empty. Servers marked
 *     {@code down} and servers left out after failures are missing, unless all are out
 * @param weights the weights of the candidates, in their order, each at least 1. Those they have; with a slow start in
 *     hundredths, of which a server on its way to its weight has fewer, and a balancer is made anew with every twentieth of the
 *     way
 * @param previous the balancer in force until now, to carry a position over; of any class, and perhaps still in use by
 *     other threads. Null when there was none
 * @param nanoClock the time, as {@link System#nanoTime()} counts it
 * @param random randomness, safe for use by many threads
 * @param args what configuration tells the balancer, by name; {@link BalancerProvider#check} found nothing wrong with it
 */
public record BalancerContext(
        List<Peer> peers,
        List<Peer> candidates,
        List<Integer> weights,
        @Nullable Balancer previous,
        LongSupplier nanoClock,
        RandomGenerator random,
        Map<String, String> args) {

    /** Copies the collections. */
    public BalancerContext {
        peers = List.copyOf(peers);
        candidates = List.copyOf(candidates);
        weights = List.copyOf(weights);
        args = Map.copyOf(args);
    }
}
