package io.erulb.rules.filter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something for each key seen lately, in bounded memory: keys live in a young and an old generation, each use brings a key
 * into the young one, and when that has half of all keys, or its time is over, it becomes the old one, whose keys are
 * forgotten. So those used least recently go, a request never waits for a cleaning, and what was taken by an onrush of keys
 * goes with later requests. Safe for use by many threads, without locks for known keys.
 *
 * @param <V> what is kept for a key
 */
final class RecentKeys<V> {
    private final int half;
    private final long period;
    private final LongFunction<V> maker;
    private final AtomicReference<Generations<V>> generations;

    /** Compared by identity. */
    private static final class Generations<V> {
        private final Map<String, V> young;
        private final Map<String, V> old;
        private final long since;

        Generations(Map<String, V> young, Map<String, V> old, long since) {
            this.young = young;
            this.old = old;
            this.since = since;
        }

        @Nullable
        V find(String key) {
            V found = young.get(key);
            return found == null ? old.get(key) : found;
        }

        Generations<V> next(long now) {
            return new Generations<>(new ConcurrentHashMap<>(), young, now);
        }

        V rejuvenate(String key, LongFunction<V> maker, long now) {
            V known = old.get(key);
            V found = known == null ? maker.apply(now) : known;
            V other = young.putIfAbsent(key, found);
            return other == null ? found : other;
        }
    }

    /**
     * Knows no key.
     *
     * @param keys most keys remembered, at least 2; the latest half of them always are
     * @param period nanoseconds for which a key that is not used is remembered at least, unless there are too many
     * @param maker makes what a new key has, of the time now
     */
    RecentKeys(int keys, long period, long now, LongFunction<V> maker) {
        this.half = keys / 2;
        this.maker = maker;
        this.period = period;
        this.generations = new AtomicReference<>(new Generations<>(new ConcurrentHashMap<>(), Map.of(), now));
    }

    /** What a key has, made for a new one. All threads get the same object for as long as the key is remembered. */
    V get(String key, long now) {
        while (true) {
            Generations<V> present = generations.get();
            V young = present.young.get(key);
            if (now - present.since > period || (young == null && present.young.size() >= half)) {
                generations.compareAndSet(present, present.next(now));
            } else if (young != null) {
                return young;
            } else {
                V found = present.rejuvenate(key, maker, now);
                // When another thread has begun a generation meanwhile, it may know the key by another object.
                if (generations.get() == present) {
                    return found;
                }
            }
        }
    }

    /** What a key has; null when it is not remembered. Changes nothing. */
    @Nullable
    V peek(String key) {
        return generations.get().find(key);
    }

    /** How many keys are remembered. */
    int size() {
        Generations<V> present = generations.get();
        long twice =
                present.old.keySet().stream().filter(present.young::containsKey).count();
        return (int) (present.young.size() + present.old.size() - twice);
    }
}
