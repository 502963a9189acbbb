package io.erulb.server.accesslog;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Entries that wait to be written, so many at most, give or take one for each thread. Many threads put, one takes; no lock. */
final class EntryQueue {
    private final int capacity;
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private volatile @Nullable Thread taker;

    EntryQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Who is woken when the queue fills up; it looks by itself at other times. */
    void wakes(Thread thread) {
        taker = thread;
    }

    /** Puts an entry, or counts it as refused where there is no room. */
    void offer(Entry entry) {
        if (count.get() >= capacity) {
            refused.increment();
            return;
        }
        entries.add(entry);
        if (count.incrementAndGet() == capacity / 4) {
            LockSupport.unpark(taker);
        }
    }

    /** The entry that waits longest; null when none waits. */
    @Nullable
    Entry poll() {
        Entry entry = entries.poll();
        if (entry != null) {
            count.decrementAndGet();
        }
        return entry;
    }

    /** How many found no room. */
    long refused() {
        return refused.sum();
    }
}
