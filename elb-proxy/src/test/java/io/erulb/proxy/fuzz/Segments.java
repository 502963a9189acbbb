package io.erulb.proxy.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes and where they are cut into writes.
 *
 * @param bytes all of them
 * @param ends the offset behind each write, the last one behind all bytes
 */
record Segments(byte[] bytes, int[] ends) {

    /** Bytes cut anywhere, or not at all. */
    static Segments of(byte[] bytes, Chance chance) {
        return of(bytes, bytes.length, chance);
    }

    /** Bytes cut anywhere before an offset. */
    static Segments of(byte[] bytes, int before, Chance chance) {
        int[] cuts = {};
        if (before > 1 && chance.oneIn(16)) {
            int first = chance.below(before);
            cuts = new int[Math.min(chance.between(1, 24), before - first)];
            Arrays.setAll(cuts, i -> first + i);
        } else if (before > 1 && chance.oneIn(3)) {
            cuts = new int[chance.between(1, 4)];
            Arrays.setAll(cuts, i -> chance.below(before));
            Arrays.sort(cuts);
        }
        int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
        ends[cuts.length] = bytes.length;
        return new Segments(bytes, ends);
    }

    /** Writes them, and lets others run between two writes, so that the reader often sees two reads. */
    void writeTo(OutputStream out) throws IOException {
        int from = 0;
        for (int end : ends) {
            if (end > from) {
                out.write(bytes, from, end - from);
                from = end;
                if (from < bytes.length) {
                    Thread.yield();
                }
            }
        }
    }
}
