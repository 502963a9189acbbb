package io.erulb.examples.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first of the candidates that has fewer requests under way than the spill; when none has, the one with the fewest. With
 * a spill of 2, requests that last go
 *
 * <pre>
 *   under way       picked
 *   a 0  b 0  c 0    a
 *   a 1  b 0  c 0    a
 *   a 2  b 0  c 0    b: a is at the spill
 *   a 1  b 1  c 0    a
 *   a 3  b 2  c 2    b: all are at it, and no other has fewer
 * </pre>
 *
 * <p>Immutable, so that all threads share it: two that pick at the same time may see the same number, and the spill is passed by
 * one. {@code max_conns} is the limit that is kept.
 */
record FirstBalancer(List<Peer> candidates, int spill) implements Balancer {

    @Override
    public @Nullable Peer pick(Selection selection) {
        Peer least = null;
        long fewest = Long.MAX_VALUE;
        // By index, since an iterator would be garbage of every request.
        for (int i = 0; i < candidates.size(); i++) {
            Peer peer = candidates.get(i);
            long active = peer.active();
            if (active < fewest && selection.accepts(peer)) {
                if (active < spill) {
                    return peer;
                }
                least = peer;
                fewest = active;
            }
        }
        return least;
    }
}
