import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Requests of others: 250 a second, on kept connections and on new ones, timed from when they were due. */
final class Probes {
    private static final int RATE = 50;
    private final int port;
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong errors = new AtomicLong();
    private long[] sorted = {};

    Probes(int port) {
        this.port = port;
    }

    void run(Duration time) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            boolean fresh = i == 0;
            running.add(CompletableFuture.runAsync(() -> probe(time, fresh), each -> new Thread(each).start()));
        }
        running.forEach(CompletableFuture::join);
        sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private void probe(Duration time, boolean fresh) {
        long start = System.nanoTime();
        try {
            Client client = new Client(port);
            for (long i = 0; i < time.toSeconds() * RATE; i++) {
                long due = start + i * 1_000_000_000L / RATE;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                if (fresh) {
                    client.close();
                    client = new Client(port);
                }
                if (client.get(i % 10 == 0 ? "/respond" : "/small") != 200) {
                    errors.incrementAndGet();
                }
                nanos.add(System.nanoTime() - due);
            }
            client.close();
        } catch (IOException | InterruptedException e) {
            System.out.println("  probe: " + e);
            errors.incrementAndGet();
        }
    }

    long errors() {
        return errors.get();
    }

    double max() {
        return at(1);
    }

    private double at(double share) {
        return sorted.length == 0 ? Double.MAX_VALUE : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, max %.2f ms of %d requests, %d errors",
                at(0.5),
                at(0.99),
                at(1),
                sorted.length,
                errors.get());
    }
}
