package io.erulb.rules;

import java.util.BitSet;

/**
 * The ways a walk may take where verdicts vary, one after the other: the edge {@code succ} first at each, then {@code fail}
 * at the last, and so on. A walk asks {@link #choose} at each such place. Used by one thread.
 */
final class Ways {
    private final BitSet succ = new BitSet();
    private int known;
    private int at;

    /** Begins with the first way. */
    void clear() {
        known = 0;
        at = 0;
    }

    /** Which edge the walk is to take. */
    boolean choose() {
        if (at == known) {
            succ.set(known);
            known++;
        }
        return succ.get(at++);
    }

    /** The same way again. */
    void again() {
        at = 0;
    }

    /** Goes on to the next way, once the walk is over; false when that was the last. */
    boolean next() {
        known = at;
        while (known > 0 && !succ.get(known - 1)) {
            known--;
        }
        if (known > 0) {
            succ.clear(known - 1);
        }
        at = 0;
        return known > 0;
    }
}
