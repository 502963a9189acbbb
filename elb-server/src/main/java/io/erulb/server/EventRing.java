package io.erulb.server;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of traffic events from one thread to one other, without locks. The writing thread calls
 * {@link #offer}, the reading thread {@link #drain}; what doesn't fit is counted and lost.
 */
final class EventRing {
    private final Thread writer = Thread.currentThread();
    private final @Nullable String[] domains;
    private final int[] statuses;
    private final long[] nanos;
    private final int mask;

    /** Written by the writer alone, read by both. */
    private final AtomicLong head = new AtomicLong();

    /** Written by the reader alone, read by both. */
    private final AtomicLong tail = new AtomicLong();

    private final AtomicLong dropped = new AtomicLong();

    /** A ring that the calling thread writes to, with room for {@code capacity} events, a power of two. */
    EventRing(int capacity) {
        domains = new @Nullable String[capacity];
        statuses = new int[capacity];
        nanos = new long[capacity];
        mask = capacity - 1;
    }

    void offer(String domain, int status, long upstreamNanos) {
        long position = head.getPlain();
        if (position - tail.getAcquire() > mask) {
            dropped.setRelease(dropped.getPlain() + 1);
            return;
        }
        int slot = (int) position & mask;
        domains[slot] = domain;
        statuses[slot] = status;
        nanos[slot] = upstreamNanos;
        head.setRelease(position + 1);
    }

    /** Hands on what is there, oldest first, at most {@code limit} events; returns how many. */
    int drain(Consumer consumer, int limit) {
        long first = tail.getPlain();
        long end = Math.min(head.getAcquire(), first + limit);
        for (long position = first; position < end; position++) {
            int slot = (int) position & mask;
            String domain = domains[slot];
            if (domain != null) {
                consumer.accept(domain, statuses[slot], nanos[slot]);
            }
        }
        tail.setRelease(end);
        return (int) (end - first);
    }

    /** Events that found the ring full. */
    long dropped() {
        return dropped.getAcquire();
    }

    /** Whether nothing is in it and nothing will be. */
    boolean isOver() {
        return !writer.isAlive() && head.getAcquire() == tail.getPlain();
    }

    /** Takes an event. */
    @FunctionalInterface
    interface Consumer {
        void accept(String domain, int status, long upstreamNanos);
    }
}
