package io.erulb.rules;

import java.util.BitSet;

/**
 * One place of a pattern that is a plain sequence.
 *
 * @param chars the ASCII characters that fit
 * @param optional whether it may be left out, as with {@code ?} and {@code *}
 * @param repeatable whether it may stand several times, as with {@code +} and {@code *}
 */
record Position(BitSet chars, boolean optional, boolean repeatable) {}
