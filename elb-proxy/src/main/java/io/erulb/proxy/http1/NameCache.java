package io.erulb.proxy.http1;

import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a method or field name to one {@link HttpString}, so that known names cost no allocation; those
 * Undertow knows are its own constants, which compare by identity. Spelling is kept: {@code host} and {@code Host} are
 * two entries. Confined to one thread.
 */
public final class NameCache {
    private static final int SLOTS = 1024;

    private final @Nullable HttpString[] slots = new HttpString[SLOTS];

    /** The name that these bytes spell. */
    public HttpString get(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
        HttpString known = slots[slot];
        if (known != null && isSame(known, bytes, from, to)) {
            return known;
        }
        HttpString fresh = make(bytes, from, to);
        slots[slot] = fresh;
        return fresh;
    }

    private static HttpString make(byte[] bytes, int from, int to) {
        HttpString constant = HttpString.tryFromString(Bytes.text(bytes, from, to));
        return constant != null && isSame(constant, bytes, from, to)
                ? constant
                : new HttpString(bytes, from, to - from);
    }

    private static boolean isSame(HttpString name, byte[] bytes, int from, int to) {
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
