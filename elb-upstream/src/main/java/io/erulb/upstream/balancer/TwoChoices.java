package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The better of two candidates by chance (Mitzenmacher, The Power of Two Choices, 2001): the one that promises the sooner
 * answer, which is how long it took lately ({@link Peer#latencyMillis}) times the attempts under way with this one, for its
 * weight. With a at 10 ms and 4 under way, b at 40 ms and none: 10 x 5 = 50 for a, 40 x 1 = 40 for b, so b.
 *
 * <p>Two are enough to pass over slow and busy peers nearly always; looking at all would send every request of a moment to
 * the same one. A peer that nothing is known of counts as one that answers at once, so that it is tried. Immutable and safe
 * for use by many threads.
 */
final class TwoChoices implements Balancer {
    /** No answer takes no time: what two peers have under way tells them apart. */
    private static final double LEAST_MILLIS = 0.01;

    private final Candidates candidates;
    private final WeightedRandom random;

    TwoChoices(BalancerContext context) {
        this.candidates = new Candidates(context);
        this.random = new WeightedRandom(context);
    }

    @Override
    public @Nullable Peer pick(Selection selection) {
        long chance = candidates.chance();
        int one = random.pickIndex(selection, chance);
        if (one == WeightedRandom.NONE) {
            return null;
        }
        int other = candidates.size() == 1 ? one : random.pickIndex(selection, Candidates.nextChance(chance));
        boolean first = other == WeightedRandom.NONE || other == one || load(one, other) <= load(other, one);
        return candidates.get(first ? one : other);
    }

    private double load(int index, int beside) {
        Peer peer = candidates.get(index);
        double latency = Math.max(peer.latencyMillisBeside(candidates.get(beside)), LEAST_MILLIS);
        return latency * (peer.active() + 1) / candidates.weight(index);
    }
}
