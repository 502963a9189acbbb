import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Requests to bench.local as long as it is open, 1,000 a second over four connections, and how they were answered. */
final class Requests implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(1) / 250;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Requests(int port) {
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(() -> send(port), "requests");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** On another connection when one broke. */
    private void send(int port) {
        while (!closed) {
            try (Probe probe = new Probe(port)) {
                send(probe);
            } catch (IOException e) {
                failed.incrementAndGet();
                System.out.println("      a request failed: " + e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private void send(Probe probe) throws IOException {
        for (long due = System.nanoTime(); !closed; due += GAP_NANOS) {
            LockSupport.parkNanos(due - System.nanoTime());
            String answer = probe.get("bench.local", "/blog/small");
            if (!answer.equals("Hello, world")) {
                throw new IOException(answer);
            }
            answered.incrementAndGet();
        }
    }

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
