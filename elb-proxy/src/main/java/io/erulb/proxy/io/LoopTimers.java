package io.erulb.proxy.io;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.xnio.XnioExecutor;

/**
 * What a loop has to do at a time, to the millisecond. Meant for few timers at a time: deadlines of requests have a wheel.
 * Confined to the loop.
 */
final class LoopTimers {
    /** So few that are cancelled are left until they come up. */
    private static final int FEW = 64;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    void add(Timer timer) {
        queue.add(timer);
        if (cancelled.get() > FEW && cancelled.get() > queue.size() / 2) {
            queue.removeIf(Timer::isOver);
            cancelled.set(0);
        }
    }

    /** Milliseconds until something is due, rounded up; 0 when it is now, -1 when nothing is planned. */
    long millisToNext() {
        Timer next = queue.peek();
        while (next != null && next.isOver()) {
            queue.remove();
            cancelled.decrementAndGet();
            next = queue.peek();
        }
        if (next == null) {
            return -1;
        }
        long nanos = next.due - System.nanoTime();
        return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
    }

    void runDue(Consumer<Runnable> runner) {
        if (queue.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        Timer next = queue.peek();
        while (next != null && next.due - now <= 0) {
            queue.remove();
            if (next.take()) {
                runner.accept(next.task);
            } else {
                cancelled.decrementAndGet();
            }
            if (next.repeats()) {
                next.due = now + next.interval;
                queue.add(next);
            }
            next = queue.peek();
        }
    }

    /** Something to be done once, or at an interval. Removing it is open to any thread. */
    final class Timer implements XnioExecutor.Key, Comparable<Timer> {
        private final Runnable task;
        private final long interval;
        private final AtomicBoolean over = new AtomicBoolean();
        private long due;

        /**
         * A timer that is not planned.
         *
         * @param due when it is due, by {@link System#nanoTime}
         * @param interval nanoseconds between two runs; 0 for a single one
         */
        Timer(Runnable task, long due, long interval) {
            this.task = task;
            this.due = due;
            this.interval = interval;
        }

        private boolean isOver() {
            return over.get();
        }

        private boolean take() {
            return interval > 0 ? !over.get() : over.compareAndSet(false, true);
        }

        private boolean repeats() {
            return interval > 0 && !over.get();
        }

        /** Cancels it; returns whether it was still to be run. It is dropped when it comes up, or with many others before. */
        @Override
        public boolean remove() {
            boolean first = over.compareAndSet(false, true);
            if (first) {
                cancelled.incrementAndGet();
            }
            return first;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.compare(due - other.due, 0);
        }
    }
}
