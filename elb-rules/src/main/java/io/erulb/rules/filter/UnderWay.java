package io.erulb.rules.filter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of each key are under way; a key takes memory only while there are some. Safe for use by many threads,
 * without locks for known keys.
 */
final class UnderWay {
    /** The count of a key that is about to go; whoever finds it helps and begins anew. */
    private static final int GONE = -1;

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** Counts one more unless there are {@code most} already; false then. */
    boolean enter(String key, int most) {
        while (true) {
            AtomicInteger count = counts.get(key);
            if (count == null) {
                AtomicInteger fresh = new AtomicInteger();
                AtomicInteger other = counts.putIfAbsent(key, fresh);
                count = other == null ? fresh : other;
            }
            int before = count.get();
            if (before == GONE) {
                counts.remove(key, count);
            } else if (before >= most) {
                return false;
            } else if (count.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    /** Counts one less; to be called once for each that entered. Tells how many there were with it. */
    int leave(String key) {
        AtomicInteger count = counts.get(key);
        if (count == null) {
            throw new IllegalStateException("nothing of key " + key + " is under way");
        }
        int left = count.decrementAndGet();
        if (left == 0 && count.compareAndSet(0, GONE)) {
            counts.remove(key, count);
        }
        return left + 1;
    }

    /** How many there are at present. */
    int of(String key) {
        @Nullable AtomicInteger count = counts.get(key);
        return count == null ? 0 : Math.max(0, count.get());
    }

    /** How many keys have requests under way. */
    int keys() {
        return counts.size();
    }
}
