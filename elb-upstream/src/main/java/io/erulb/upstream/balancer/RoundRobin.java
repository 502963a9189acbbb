package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Smooth weighted round robin, the order nginx gives out its peers in (ngx_http_upstream_get_peer, published with nginx
 * 1.3.1), counted once for all threads. For each pick every candidate's current weight grows by its weight; the largest,
 * the first of equals, is picked and pays the sum of all weights. With a=5, b=1, c=1 the current weights go
 *
 * <pre>
 *   0  0  0
 *   5  1  1   a   -2  1  1
 *   3  2  2   a   -4  2  2
 *   1  3  3   b    1 -4  3
 *   6 -3  4   a   -1 -3  4
 *   4 -2  5   c    4 -2 -2
 *   9 -1 -1   a    2 -1 -1
 *   7  0  0   a    0  0  0   and so on: a a b a c a a
 * </pre>
 *
 * <p>The picks depend on nothing but weights, so they are computed ahead ({@link Stretch}) and given out by a cursor
 * ({@link Rotation}). What current weights would have become is known from the cursor alone, and is where the next
 * balancer starts when a candidate goes or comes: as in nginx, the others go on where they were.
 *
 * <p>A request that is refused a candidate (it was there before, or the candidate is full) goes by a second rotation of
 * the same weights. Were it to take the next turn of the first, then with two servers, one of them broken, every
 * request would start at the broken one: the retries would use up all turns of the other.
 *
 * <p>Safe for use by many threads; lock-free.
 */
final class RoundRobin implements Balancer {
    /** Turns to pass over before choosing at random: only weights far apart come to it. */
    private static final int PATIENCE = 64;

    private final Candidates candidates;
    private final Rotation turns;
    private final Rotation detours;

    static RoundRobin of(BalancerContext context) {
        return context.previous() instanceof RoundRobin old
                ? new RoundRobin(context, old.turns.next(context), old.detours.next(context))
                : new RoundRobin(context, Rotation.first(context), Rotation.first(context));
    }

    private RoundRobin(BalancerContext context, Rotation turns, Rotation detours) {
        this.candidates = new Candidates(context);
        this.turns = turns;
        this.detours = detours;
    }

    @Override
    public @Nullable Peer pick(Selection selection) {
        if (selection.retry() && candidates.accepted(selection) < candidates.size()) {
            return detour(selection);
        }
        Peer peer = turns.take();
        return selection.accepts(peer) ? peer : detour(selection);
    }

    private @Nullable Peer detour(Selection selection) {
        int accepted = candidates.accepted(selection);
        if (accepted > 1) {
            for (int turn = 0; turn < PATIENCE; turn++) {
                Peer peer = detours.take();
                if (selection.accepts(peer)) {
                    return peer;
                }
            }
        }
        return accepted == 0 ? null : candidates.anyAccepted(selection);
    }
}
