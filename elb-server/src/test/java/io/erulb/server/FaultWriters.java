package io.erulb.server;

import io.erulb.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Threads that write all the time, whether etcd is there or not, except while they are made to wait. */
final class FaultWriters implements AutoCloseable {
    private static final long PAUSE_NANOS = 80_000_000L;

    /** Held for reading by each that writes. Fair, so that who makes them wait gets it soon. */
    private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock(true);

    private final List<CompletableFuture<Void>> threads = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean ended;

    /** What one of them does. */
    interface Write {
        void run() throws StoreException;
    }

    private FaultWriters() {}

    static FaultWriters start(Write... writes) {
        FaultWriters writers = new FaultWriters();
        for (Write write : writes) {
            writers.threads.add(CompletableFuture.runAsync(
                    () -> writers.repeat(write), task -> new Thread(task, "writer").start()));
        }
        return writers;
    }

    /** Returns once none of them is writing; they wait until {@link #goOn}, by the same thread. */
    void makeWait() {
        writing.writeLock().lock();
    }

    void goOn() {
        writing.writeLock().unlock();
    }

    @Override
    public String toString() {
        return written + " commits, " + refused + " while etcd was away or another was quicker";
    }

    @Override
    public void close() {
        ended = true;
        threads.forEach(CompletableFuture::join);
    }

    private void repeat(Write write) {
        while (!ended) {
            once(write);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void once(Write write) {
        writing.readLock().lock();
        try {
            write.run();
            written.incrementAndGet();
        } catch (StoreException awayOrQuicker) {
            refused.incrementAndGet();
        } finally {
            writing.readLock().unlock();
        }
    }
}
