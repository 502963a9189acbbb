package io.erulb.proxy.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes and where they are cut into writes. Immutable. */
final class Segments {
    private final byte[] bytes;

    /** The offset behind each write, the last one behind all bytes. */
    private final int[] ends;

    private Segments(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

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

    /** All bytes; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Writes them, and lets others run between two writes, so that the reader often sees two reads. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: the cases come out the same.
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
