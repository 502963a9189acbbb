package io.erulb.server;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients that each send requests at a steady rate over one connection that never ends, GET and POST by turns of chance,
 * and look at each answer: its status, its body, and whether the rules allowed it.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int REQUESTS_A_SECOND = 300;
    private static final long INTERVAL_NANOS = 1_000_000_000L * CLIENTS / REQUESTS_A_SECOND;
    private static final int LONGEST_BODY = 8000;
    private static final int MOST_KEPT = 20;

    private final URI server;
    private final LoadedDomains domains;
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger withoutDomain = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    /**
     * How many requests there were.
     *
     * @param sent all of them
     * @param failed those without an answer that the rules allowed
     * @param withoutDomain those told 404 while the prefix may have been deleted
     */
    record Count(int sent, int failed, int withoutDomain) {
        Count minus(Count before) {
            return new Count(sent - before.sent, failed - before.failed, withoutDomain - before.withoutDomain);
        }

        Count plus(Count other) {
            return new Count(sent + other.sent, failed + other.failed, withoutDomain + other.withoutDomain);
        }
    }

    private SteadyLoad(URI server, LoadedDomains domains) {
        this.server = server;
        this.domains = domains;
    }

    static SteadyLoad start(URI server, LoadedDomains domains, long seed) {
        SteadyLoad load = new SteadyLoad(server, domains);
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed + i);
            load.clients.add(
                    CompletableFuture.runAsync(() -> load.request(random), task -> new Thread(task, "client").start()));
        }
        return load;
    }

    Count count() {
        return new Count(sent.get(), failed.get(), withoutDomain.get());
    }

    /** The first of what went wrong. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        ended = true;
        clients.forEach(CompletableFuture::join);
    }

    private void request(Random random) {
        while (!ended) {
            try (Wire wire = Wire.to(server.getHost(), server.getPort())) {
                requestSteadily(wire, random);
            } catch (IOException | RuntimeException lost) {
                fail("connection of a client: " + lost);
            }
        }
    }

    private void requestSteadily(Wire wire, Random random) throws IOException {
        long next = System.nanoTime();
        while (!ended) {
            requestOnce(wire, random);
            next = Math.max(next + INTERVAL_NANOS, System.nanoTime());
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private void requestOnce(Wire wire, Random random) throws IOException {
        String domain = domains.names().get(random.nextInt(domains.names().size()));
        String body = random.nextBoolean() ? "" : "x".repeat(1 + random.nextInt(LONGEST_BODY));
        AllowedAnswers allowed = domains.answersOf(domain);
        int least = allowed.least();
        sent.incrementAndGet();

        Wire.Message answer = wire.send(head(domain, body.length()) + body).read();

        if (answer.status() == 404 && allowed.allowsNone(least)) {
            withoutDomain.incrementAndGet();
            return;
        }
        String fault = fault(answer, body, allowed, least);
        if (fault != null) {
            fail(domain + ": " + fault);
        }
    }

    private static String head(String domain, int length) {
        String rest = "/path HTTP/1.1\r\nHost: " + domain + "\r\n";
        return length == 0 ? "GET " + rest + "\r\n" : "POST " + rest + "Content-Length: " + length + "\r\n\r\n";
    }

    private static @Nullable String fault(Wire.Message answer, String body, AllowedAnswers allowed, int least) {
        String[] parts = answer.body().split(" ", 3);
        if (answer.status() != 200 || parts.length < 3) {
            return "answered " + answer.head() + answer.body();
        }
        if (!parts[2].equals(body)) {
            return "a body of " + body.length() + " came back as " + parts[2].length();
        }
        return allowed.fault(least, Integer.parseInt(parts[1]), parts[0]);
    }

    private void fail(String fault) {
        failed.incrementAndGet();
        if (faults.size() < MOST_KEPT) {
            faults.add(fault);
        }
    }
}
