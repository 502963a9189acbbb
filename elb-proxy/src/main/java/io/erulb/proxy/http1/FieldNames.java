package io.erulb.proxy.http1;

import io.undertow.util.HttpString;

/**
 * A small cache from the bytes of a field name to one {@link HttpString}, so that the names every response carries cost
 * no allocation. Confined to one thread. Spelling is kept: {@code date} and {@code Date} are two entries.
 */
final class FieldNames {
    private static final int SLOTS = 512;

    private final HttpString[] slots = new HttpString[SLOTS];

    HttpString get(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 9 ^ hash >>> 18) & SLOTS - 1;
        HttpString known = slots[slot];
        if (known != null && same(known, bytes, from, to)) {
            return known;
        }
        HttpString fresh = new HttpString(bytes, from, to - from);
        slots[slot] = fresh;
        return fresh;
    }

    private static boolean same(HttpString name, byte[] bytes, int from, int to) {
        int length = to - from;
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.byteAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
