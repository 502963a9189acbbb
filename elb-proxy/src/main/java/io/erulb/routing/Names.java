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

/**
 * The addresses of host names, kept fresh in the background. A name that fails keeps its last good addresses; one that
 * never resolved has none. Safe for use by many threads: the map is concurrent, look-ups run on daemon threads.
 */
final class Names implements AutoCloseable {
    /** How long a change may wait for names seen for the first time; what comes later is applied later. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);

    private static final int THREADS = 4;
    private static final int FAILED_SHARE = 5;

    private final Resolver resolver;
    private final Runnable changed;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads;
    private int passes;

    /** @param changed called after each look-up that brought other addresses than before, on a thread of ours */
    Names(RoutingOptions options, Runnable changed) {
        this.resolver = options.resolver();
        this.changed = changed;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, Names::daemon);
        long step = Math.max(1, options.resolveEvery().toMillis() / FAILED_SHARE);
        Future<?> unused = threads.scheduleWithFixedDelay(this::pass, step, step, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elb-names");
        thread.setDaemon(true);
        return thread;
    }

    private void pass() {
        boolean all = ++passes % FAILED_SHARE == 0;
        entries.values().stream().filter(entry -> all || entry.failed).forEach(threads::execute);
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
        entries.keySet().retainAll(hosts);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One name; running it looks it up. */
    private final class Entry implements Runnable {
        private final String host;
        private final AtomicBoolean started = new AtomicBoolean();
        private final CompletableFuture<Void> first = new CompletableFuture<>();
        private volatile List<InetAddress> addresses = List.of();
        private volatile boolean failed;

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

        @Override
        public void run() {
            List<InetAddress> before = addresses;
            try {
                addresses = List.copyOf(resolver.resolve(host));
                failed = false;
            } catch (UnknownHostException | RuntimeException unknown) {
                failed = true;
            }
            first.complete(null);
            if (!addresses.equals(before)) {
                changed.run();
            }
        }
    }
}
