package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A candidate by chance, each as often as its weight says, whatever was picked before (nginx's directive {@code random}).
 * With a=5, b=1, c=1 a number below 7 is drawn: from 0 to 4 it is a, 5 is b, 6 is c.
 *
 * <p>Where the request may not go to the one drawn, it is drawn again among those it may go to. Immutable and safe for use
 * by many threads.
 */
final class WeightedRandom implements Balancer {
    static final int NONE = -1;

    private final Candidates candidates;

    /** Of each candidate, the weights up to its own. */
    private final long[] upTo;

    private final boolean equal;

    WeightedRandom(BalancerContext context) {
        this.candidates = new Candidates(context);
        this.upTo = context.weights().stream().mapToLong(weight -> weight).toArray();
        this.equal = Arrays.stream(upTo).distinct().count() == 1;
        Arrays.parallelPrefix(upTo, Long::sum);
    }

    @Override
    public @Nullable Peer pick(Selection selection) {
        int index = pickIndex(selection);
        return index == NONE ? null : candidates.get(index);
    }

    /** The place among the candidates of the one drawn; {@link #NONE} when the request may go to none. */
    private int pickIndex(Selection selection) {
        return pickIndex(selection, candidates.chance());
    }

    /** The same by 64 bits of chance, for which others are drawn only if that must be. */
    int pickIndex(Selection selection, long chance) {
        int drawn = drawn(chance);
        return selection.accepts(candidates.get(drawn)) ? drawn : amongAccepted(selection);
    }

    private int drawn(long chance) {
        if (equal) {
            return (int) Candidates.below(chance, upTo.length);
        }
        int found = Arrays.binarySearch(upTo, Candidates.below(chance, upTo[upTo.length - 1]));
        // A number that is a sum itself is the first of the next one's.
        return found >= 0 ? found + 1 : -found - 1;
    }

    private int amongAccepted(Selection selection) {
        long weights = 0;
        for (int i = 0; i < candidates.size(); i++) {
            weights += acceptedWeight(i, selection);
        }
        if (weights == 0) {
            return NONE;
        }
        long number = candidates.below(weights);
        for (int i = 0; i < candidates.size(); i++) {
            number -= acceptedWeight(i, selection);
            if (number < 0) {
                return i;
            }
        }
        // Others have filled up meanwhile.
        return NONE;
    }

    private long acceptedWeight(int index, Selection selection) {
        long below = index == 0 ? 0 : upTo[index - 1];
        return selection.accepts(candidates.get(index)) ? upTo[index] - below : 0;
    }
}
