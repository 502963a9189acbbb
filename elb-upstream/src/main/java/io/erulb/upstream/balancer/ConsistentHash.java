package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same key to the same server, as long as it is there and not overloaded: consistent hashing with bounded loads
 * (Mirrokni, Thorup and Zadimoghaddam, 2016; HAProxy's {@code hash-balance-factor}). The points of a {@link HashRing} might
 * go
 *
 * <pre>
 *   a  b  a  c  b  ...
 *        ^ a key here belongs to a; to c while a is out or has more than its bound, and to b when c has too
 * </pre>
 *
 * <p>A server may have so many times its weight's share of all attempts under way, this request counted: with 8 under way,
 * 3 equal servers and a bound of 1.25 that is 9 x 1.25 / 3, rounded up: 4. When everybody that may be taken is beyond the
 * bound, the bound is let go.
 *
 * <p>A server that is left out keeps its points, so that its keys are its own again when it is back. A request without a key
 * goes by chance ({@link WeightedRandom}). Immutable and safe for use by many threads.
 */
final class ConsistentHash implements Balancer {
    private static final int NONE = -1;

    private final HashRing ring;
    private final WeightedRandom keyless;
    private final Peer[] peers;
    /** Of each peer the weight in force, 0 where it is no candidate. */
    private final int[] weights;

    private final long total;
    private final int boundPercent;

    /** {@code boundPercent}: how much of its share a server may have, at least 100. */
    ConsistentHash(BalancerContext context, int boundPercent) {
        this.boundPercent = boundPercent;
        this.ring = context.previous() instanceof ConsistentHash old
                        && old.ring.peers().equals(context.peers())
                ? old.ring
                : new HashRing(context.peers());
        this.keyless = new WeightedRandom(context);
        this.peers = ring.peers().toArray(new Peer[0]);
        this.weights = weights(context);
        this.total = context.weights().stream().mapToLong(weight -> weight).sum();
    }

    private static int[] weights(BalancerContext context) {
        Map<Peer, Integer> inForce = new HashMap<>();
        List<Peer> candidates = context.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            inForce.put(candidates.get(i), context.weights().get(i));
        }
        return context.peers().stream()
                .mapToInt(peer -> inForce.getOrDefault(peer, 0))
                .toArray();
    }

    @Override
    public @Nullable Peer pick(Selection selection) {
        long key = selection.key();
        if (key == Selection.NO_KEY) {
            return keyless.pick(selection);
        }
        int start = ring.start(key);
        int owner = ring.index(start);
        // One that has nothing to do is within any bound.
        if (weights[owner] > 0 && peers[owner].active() == 0 && selection.accepts(peers[owner])) {
            return peers[owner];
        }
        long attempts = 1 + active();
        if (isWithinBound(owner, attempts) && selection.accepts(peers[owner])) {
            return peers[owner];
        }
        return following(start, attempts, selection);
    }

    private @Nullable Peer following(int start, long attempts, Selection selection) {
        int beyond = NONE;
        for (int i = 0; i < ring.size(); i++) {
            int peer = ring.index(start + i);
            if (peer != beyond && selection.accepts(peers[peer])) {
                if (isWithinBound(peer, attempts)) {
                    return peers[peer];
                }
                beyond = beyond == NONE ? peer : beyond;
            }
        }
        return beyond == NONE ? null : peers[beyond];
    }

    private long active() {
        long active = 0;
        for (int i = 0; i < peers.length; i++) {
            active += weights[i] > 0 ? peers[i].active() : 0;
        }
        return active;
    }

    /** Whether one attempt more is no more than the bound of the peer's share, rounded up. */
    private boolean isWithinBound(int peer, long attempts) {
        return peers[peer].active() * 100 * total < attempts * boundPercent * weights[peer];
    }
}
