package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The candidate with the fewest attempts under way for its weight (nginx's directive {@code least_conn}). With a=2 and
 * b=1, attempts that last go
 *
 * <pre>
 *   under way  for its weight   picked
 *   a 0  b 0    0    0           a: they are equal, and it is a's turn
 *   a 1  b 0    1/2  0           b
 *   a 1  b 1    1/2  1           a
 *   a 2  b 1    1    1           a: equal, and a's turn
 * </pre>
 *
 * <p>Whose turn it is among equals goes by smooth weighted round robin ({@link Rotation}), so that idle servers share by
 * their weights; when it is the turn of one that has more, one of them by chance, by their weights. Safe for use by many
 * threads; lock-free: two threads that pick at the same time may pick the same peer.
 */
final class LeastConn implements Balancer {
    private static final int NONE = -1;

    private final Candidates candidates;
    private final Rotation turns;

    static LeastConn of(BalancerContext context) {
        return new LeastConn(
                context,
                context.previous() instanceof LeastConn old ? old.turns.next(context) : Rotation.first(context));
    }

    private LeastConn(BalancerContext context, Rotation turns) {
        this.candidates = new Candidates(context);
        this.turns = turns;
    }

    @Override
    public @Nullable Peer pick(Selection selection) {
        int turn = turns.takeIndex();
        Peer itsTurn = candidates.get(turn);
        long active = itsTurn.active();
        if (!selection.accepts(itsTurn)) {
            return leastOf(turn, NONE, active, selection);
        }
        // None has fewer than none.
        return active == 0 ? itsTurn : leastOf(turn, turn, active, selection);
    }

    private @Nullable Peer leastOf(int turn, int best, long fewest, Selection selection) {
        int least = best;
        long active = fewest;
        long weights = 0;
        long chance = candidates.chance();
        for (int i = 0; i < candidates.size(); i++) {
            Peer peer = candidates.get(i);
            int weight = candidates.weight(i);
            long itsActive = peer.active();
            // Both multiplied with the other's weight, instead of divided by their own.
            long more = least == NONE ? -1 : itsActive * candidates.weight(least) - active * weight;
            if (more > 0 || (more == 0 && least == turn) || !selection.accepts(peer)) {
                continue;
            }
            weights = more < 0 ? weight : weights + weight;
            chance = Candidates.nextChance(chance);
            if (more < 0 || Candidates.below(chance, weights) < weight) {
                least = i;
                active = itsActive;
            }
        }
        return least == NONE ? null : candidates.get(least);
    }
}
