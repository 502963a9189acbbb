package io.erulb.upstream.balancer;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A piece of a smooth weighted sequence, computed ahead. Immutable.
 *
 * <p>From current weights of 0 the sequence repeats after as many picks as the sum of the weights divided by their
 * greatest common divisor: 5, 1, 1 after 7 picks, 50, 10 after 6. A stretch is then that long and is followed by itself.
 * Where the sequence is too long to hold, or starts from other current weights and has yet to settle, another stretch
 * follows that starts where this one ends. Either way memory is bounded, whatever the weights.
 */
final class Stretch {
    private static final int LONGEST = 4_096;

    /** A period shorter than this is held several times over, so that cursors are rarely renewed. */
    private static final int SHORTEST = 256;

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
            return repeated(weights, start, IntStream.range(0, weights.length).toArray());
        }
        int[] picks = new int[length(weights)];
        long[] current = start.clone();
        long total = total(weights);
        for (int i = 0; i < picks.length; i++) {
            picks[i] = pick(current, weights, total);
        }
        return Arrays.equals(current, start)
                ? repeated(weights, start, picks)
                : new Stretch(weights, start, picks, false);
    }

    int length() {
        return picks.length;
    }

    /** The index of the candidate whose turn it is. */
    int pick(int turn) {
        return picks[turn];
    }

    Stretch following() {
        return repeats ? this : from(weights, weightsAfter(picks.length));
    }

    /** The current weights after some of the picks: each gained its weight every time and paid for its own turns. */
    long[] weightsAfter(int turns) {
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

    private static Stretch repeated(int[] weights, long[] start, int[] period) {
        int times = Math.max(1, SHORTEST / period.length);
        int[] picks = new int[period.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(period, 0, picks, i * period.length, period.length);
        }
        return new Stretch(weights, start, picks, true);
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
