package io.erulb.rules;

import java.util.Arrays;
import java.util.List;

/**
 * Finds a sequence of character classes in ASCII text with one machine word of state: no allocation, a few instructions
 * for each character. It answers yes or no; captures are re2j's.
 *
 * <p>{@code a[0-9]+b?} has three positions. Bit i of the state says that the text read so far can end at position i. One
 * character moves every bit one up (over positions that may be left out as well), keeps those that may repeat, and drops
 * those whose class does not hold it: reading "xa7" gives 000, 001, 010. This is Shift-And with classes, optional and
 * repeatable positions (Navarro and Raffinot, Flexible Pattern Matching in Strings, chapter 4).
 */
final class BitMatcher {
    /** One bit is left free for the step beyond the last position. */
    static final int MOST_POSITIONS = 63;

    private static final int ASCII = 128;

    /** What the matcher can say of a text. */
    enum Answer {
        YES,
        NO,
        /** The text is not ASCII. */
        UNKNOWN
    }

    /** For each character, where in {@link #holding} its positions are: few lines of memory for a whole pattern. */
    private final byte[] kinds = new byte[ASCII];

    private final long[] holding;
    private final long optional;
    private final long repeatable;
    private final long first;
    private final long last;
    private final boolean atStart;
    private final boolean atEnd;

    BitMatcher(List<Position> positions, boolean atStart, boolean atEnd) {
        long[] byChar = new long[ASCII];
        long mayMiss = 0;
        long mayRepeat = 0;
        for (int i = 0; i < positions.size(); i++) {
            Position position = positions.get(i);
            long bit = 1L << i;
            position.chars().stream().forEach(c -> byChar[c] |= bit);
            mayMiss |= position.optional() ? bit : 0;
            mayRepeat |= position.repeatable() ? bit : 0;
        }
        this.holding = Arrays.stream(byChar).distinct().sorted().toArray();
        for (int c = 0; c < ASCII; c++) {
            kinds[c] = (byte) Arrays.binarySearch(holding, byChar[c]);
        }
        this.optional = mayMiss;
        this.repeatable = mayRepeat;
        this.first = withSkipped(1);
        this.last = lastOf(positions);
        this.atStart = atStart;
        this.atEnd = atEnd;
    }

    Answer find(String text) {
        long state = 0;
        long entering = first;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return Answer.UNKNOWN;
            }
            state = (withSkipped(state << 1) | (state & repeatable) | entering) & holding[kinds[c]];
            if (!atEnd && (state & last) != 0) {
                return Answer.YES;
            }
            entering = atStart ? 0 : first;
            if (state == 0 && atStart) {
                return Answer.NO;
            }
        }
        return (state & last) != 0 ? Answer.YES : Answer.NO;
    }

    /** The same positions and those behind them that are reached by leaving out optional ones. */
    private long withSkipped(long bits) {
        long all = bits;
        long skipping = bits & optional;
        while (skipping != 0) {
            skipping = skipping << 1 & ~all;
            all |= skipping;
            skipping &= optional;
        }
        return all;
    }

    /** The positions a match may end at: the last one, and each that only optional ones follow. */
    private static long lastOf(List<Position> positions) {
        long ends = 0;
        int at = positions.size() - 1;
        while (at >= 0) {
            ends |= 1L << at;
            if (!positions.get(at).optional()) {
                return ends;
            }
            at--;
        }
        return ends;
    }
}
