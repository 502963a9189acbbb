package io.erulb.rules;

import java.nio.charset.StandardCharsets;

/**
 * Places a key between 0 and 1, the same on every instance and in every release: FNV-1a of 64 bits over the UTF-8 bytes of
 * {@code salt}, one zero byte and the key; mixed by MurmurHash3's finalizer, because FNV leaves the upper bits of short keys
 * alike; of that the upper 53 bits as a fraction. It is what the filter {@code split} goes by.
 */
public final class StableHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    /** A number from 0 up to 1, 1 not included. */
    public static double fraction(String salt, String key) {
        long hash = fnv(FNV_OFFSET, salt) * FNV_PRIME;
        return (mix(fnv(hash, key)) >>> 11) * 0x1.0p-53;
    }

    private static long fnv(long start, String text) {
        long hash = start;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
