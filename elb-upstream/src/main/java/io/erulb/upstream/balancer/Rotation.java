package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.BalancerContext;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives out a smooth weighted sequence of a fixed set of candidates, each turn to one thread only.
 *
 * <p>Threads count up the cursor of the current stretch; who comes after the end of one that does not repeat puts the
 * following one in its place, with a cursor at zero. Safe for use by many threads; lock-free.
 */
final class Rotation {
    private final Peer[] candidates;
    private final Map<InetSocketAddress, Long> atStart;
    private final AtomicReference<Place> place;

    private Rotation(BalancerContext context, Map<InetSocketAddress, Long> atStart) {
        List<Peer> list = context.candidates();
        this.candidates = list.toArray(new Peer[0]);
        this.atStart = atStart;
        int[] weights = context.weights().stream().mapToInt(weight -> weight).toArray();
        long[] current = list.stream()
                .mapToLong(peer -> atStart.getOrDefault(peer.address(), 0L))
                .toArray();
        this.place = new AtomicReference<>(new Place(Stretch.from(weights, current)));
    }

    /** The sequence from its beginning: all current weights are 0. */
    static Rotation first(BalancerContext context) {
        return new Rotation(context, Map.of());
    }

    /** The sequence of other candidates, each from where it is in this one; unknown ones start at 0. */
    Rotation next(BalancerContext context) {
        Map<InetSocketAddress, Long> carried = currentWeights();
        carried.keySet().retainAll(context.peers().stream().map(Peer::address).toList());
        return new Rotation(context, carried);
    }

    Peer take() {
        return candidates[takeIndex()];
    }

    /** The place among the candidates of the one whose turn it is. */
    int takeIndex() {
        while (true) {
            Place now = place.get();
            long turn = now.cursor.getAndIncrement();
            if (now.stretch.has(turn)) {
                return now.stretch.pick(turn);
            }
            // Else another thread has gone on already, and a stretch would be computed in vain.
            if (place.get() == now) {
                place.compareAndSet(now, new Place(now.stretch.following()));
            }
        }
    }

    /** By address, for candidates as of now and for other peers as they were left. */
    private Map<InetSocketAddress, Long> currentWeights() {
        Place now = place.get();
        long[] current = now.stretch.currentAfter(now.cursor.get());
        Map<InetSocketAddress, Long> weights = new HashMap<>(atStart);
        for (int i = 0; i < candidates.length; i++) {
            weights.put(candidates[i].address(), current[i]);
        }
        return weights;
    }

    /** A stretch and how far it is given out. */
    private static final class Place {
        private final Stretch stretch;
        private final AtomicLong cursor = new AtomicLong();

        private Place(Stretch stretch) {
            this.stretch = stretch;
        }
    }
}
