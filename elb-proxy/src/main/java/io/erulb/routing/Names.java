package io.erulb.routing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of host names, kept fresh in the background: each is looked up again when its {@link Pace} says so. A
 * name that fails keeps its last good addresses; one that never resolved has none. Safe for use by many threads: the map is concurrent, look-ups run on daemon threads.
 */
final class Names implements AutoCloseable {
    /** How long a change may wait for names seen for the first time; what comes later is applied later. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);

    private static final int THREADS = 4;

    private final Resolver resolver;
    private final Pace pace;
    private final Runnable changed;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads;

    /** @param changed called after each look-up that brought other addresses than before, on a thread of ours */
    Names(RoutingOptions options, Runnable changed) {
        this.resolver = options.resolver();
        this.pace = new Pace(
                options.resolveEvery(), options.maxTtl(), options.upstreams().random());
        this.changed = changed;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, Names::daemon);
        threads.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elb-names");
        thread.setDaemon(true);
        return thread;
    }

    /** The last good addresses, empty when there are none (yet). */
    List<InetAddress> addresses(String host) {
        Entry entry = entries.get(host);
        return entry == null ? List.of() : entry.addresses;
    }

    /** Starts looking up what is new and waits for it, all together no longer than a moment. */
    void prepare(Collection<String> hosts) {
        CompletableFuture<?>[] first = hosts.stream()
                .map(host -> entries.computeIfAbsent(host, Entry::new))
                .filter(Entry::start)
                .map(entry -> entry.first)
                .toArray(CompletableFuture[]::new);
        if (first.length == 0) {
            return;
        }
        try {
            CompletableFuture.allOf(first).get(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // The look-up goes on; its end is told through the callback.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Forgets every name that is not in use any more. */
    void retain(Set<String> hosts) {
        entries.values().removeIf(entry -> !hosts.contains(entry.host) && entry.cancel());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One name; running it looks it up, and once more when that is due, until it is forgotten. */
    private final class Entry implements Runnable {
        private final String host;
        private final AtomicBoolean started = new AtomicBoolean();
        private final CompletableFuture<Void> first = new CompletableFuture<>();
        private volatile List<InetAddress> addresses = List.of();
        private volatile @Nullable Future<?> next;

        /** In a row; each look-up begins after the one before has ended. */
        private int failures;

        Entry(String host) {
            this.host = host;
        }

        boolean start() {
            boolean mine = started.compareAndSet(false, true);
            if (mine) {
                threads.execute(this);
            }
            return mine;
        }

        /** Takes the next look-up back; one that runs finds out at its end. */
        boolean cancel() {
            Future<?> pending = next;
            if (pending != null) {
                pending.cancel(false);
            }
            return true;
        }

        @Override
        public void run() {
            Duration rest = pace.afterFailures(++failures);
            try {
                Resolved answer = resolver.resolve(host);
                failures = 0;
                rest = pace.after(answer.ttl());
                take(answer.addresses());
            } catch (UnknownHostException | RuntimeException unknown) {
                // The last good addresses stay.
            } finally {
                first.complete(null);
                schedule(rest);
            }
        }

        private void take(List<InetAddress> found) {
            List<InetAddress> before = addresses;
            addresses = found;
            // Whoever waits for the first look-up may keep others from making a table.
            first.complete(null);
            if (!found.equals(before)) {
                changed.run();
            }
        }

        @SuppressWarnings("ReferenceEquality") // A name that was forgotten and came back is another entry.
        private void schedule(Duration rest) {
            if (entries.get(host) == this && !threads.isShutdown()) {
                next = threads.schedule(this, rest.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }
}
