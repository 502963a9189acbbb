package io.erulb.proxy;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Logs why requests were not answered by a server, at most one a second, with how many were left out; and counts those
 * that found every server at its limit. Safe for use by many threads.
 */
final class FailureLog {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final AtomicLong last = new AtomicLong(System.nanoTime() - EVERY_NANOS);
    private final LongAdder skipped = new LongAdder();

    /** A server failed a request. */
    void failed(String domain, String upstream, InetSocketAddress server, Exception cause) {
        log(() -> "upstream " + upstream + ", server " + server.getAddress().getHostAddress() + ":" + server.getPort()
                + " failed a request to " + domain + ": " + cause.getMessage());
    }

    /** Every server that could be tried is at its limit of connections. */
    void full(String domain, String upstream) {
        log(() -> "upstream " + upstream + ": a request to " + domain
                + " was refused, since every server is at its limit of connections");
    }

    private void log(Supplier<String> sentence) {
        long now = System.nanoTime();
        long before = last.get();
        if (now - before < EVERY_NANOS || !last.compareAndSet(before, now)) {
            skipped.increment();
            return;
        }
        long more = skipped.sumThenReset();
        LOG.log(
                System.Logger.Level.WARNING,
                sentence.get() + (more > 0 ? " (and " + more + " more failures since the last line)" : ""));
    }
}
