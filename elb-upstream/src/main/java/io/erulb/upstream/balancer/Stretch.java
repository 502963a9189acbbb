package io.erulb.upstream.balancer;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A piece of a smooth weighted sequence, computed ahead. Immutable.
 *
 * <p>From current weights of 0 the sequence repeats after as many picks as the sum of the weights divided by their
 * greatest common divisor: 5, 1, 1 after 7 picks, 50, 10 after 6. A stretch is then that long and goes round and round.
 * Where the sequence is too long to hold, or starts from other current weights and has yet to settle, another stretch
 * follows that starts where this one ends. Either way memory is bounded, whatever the weights.
 */
final class Stretch {
    private static final int LONGEST = 4_096;

    /** Additions that may go into a stretch that is held for good, and into one that is used up. */
    private static final long WORK_ONCE = 1 << 19;

    private static final int WORK_OFTEN = 1 << 16;

    private final int[] weights;
    private final long[] start;
    private final int[] picks;
    private final boolean repeats;

    private Stretch(int[] weights, long[] start, int[] picks, boolean repeats) {
        this.weights = weights;
        this.start = start;
        this.picks = picks;
        this.repeats = repeats;
    }

    /** The picks that follow from weights (1 to 65535 each) and current weights, both in the order of the candidates. */
    static Stretch from(int[] weights, long[] start) {
        if (allEqual(weights, start)) {
            return new Stretch(
                    weights, start, IntStream.range(0, weights.length).toArray(), true);
        }
        int[] picks = new int[length(weights)];
        long[] current = start.clone();
        long total = total(weights);
        for (int i = 0; i < picks.length; i++) {
            picks[i] = pick(current, weights, total);
        }
        return new Stretch(weights, start, picks, Arrays.equals(current, start));
    }

    /** Whether it has a turn of this number, counted from 0; each, if it repeats. */
    boolean has(long turn) {
        return repeats || turn < picks.length;
    }

    /** The index of the candidate whose turn it is. */
    int pick(long turn) {
        return picks[within(turn)];
    }

    private int within(long turn) {
        return (int) (turn < picks.length ? turn : turn % picks.length);
    }

    /** What comes after one that does not repeat. */
    Stretch following() {
        return from(weights, weightsAfter(picks.length));
    }

    /** The current weights after so many turns, or all it has. */
    long[] currentAfter(long turns) {
        return weightsAfter(repeats ? within(turns) : (int) Math.min(turns, picks.length));
    }

    /** Each gained its weight every time and paid for its own turns. */
    private long[] weightsAfter(int turns) {
        long total = total(weights);
        long[] current = new long[weights.length];
        for (int i = 0; i < current.length; i++) {
            current[i] = start[i] + (long) turns * weights[i];
        }
        for (int turn = 0; turn < turns; turn++) {
            current[picks[turn]] -= total;
        }
        return current;
    }

    /** One step of the algorithm. */
    private static int pick(long[] current, int[] weights, long total) {
        int best = 0;
        for (int i = 0; i < current.length; i++) {
            current[i] += weights[i];
            if (current[i] > current[best]) {
                best = i;
            }
        }
        current[best] -= total;
        return best;
    }

    private static int length(int[] weights) {
        long period = total(weights) / Arrays.stream(weights).reduce(0, Stretch::gcd);
        return period <= LONGEST && period * weights.length <= WORK_ONCE
                ? (int) period
                : Math.max(1, Math.min(LONGEST, WORK_OFTEN / weights.length));
    }

    private static boolean allEqual(int[] weights, long[] start) {
        return Arrays.stream(weights).distinct().count() == 1
                && LongStream.of(start).distinct().count() == 1;
    }

    private static long total(int[] weights) {
        return Arrays.stream(weights).asLongStream().sum();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
