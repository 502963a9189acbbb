package io.erulb.proxy;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Logs failures of servers, at most one a second, with how many were left out. Safe for use by many threads. */
final class FailureLog {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final AtomicLong last = new AtomicLong(System.nanoTime() - EVERY_NANOS);
    private final LongAdder skipped = new LongAdder();

    void log(String domain, String upstream, InetSocketAddress server, Exception cause) {
        long now = System.nanoTime();
        long before = last.get();
        if (now - before < EVERY_NANOS || !last.compareAndSet(before, now)) {
            skipped.increment();
            return;
        }
        long more = skipped.sumThenReset();
        LOG.log(
                System.Logger.Level.WARNING,
                "upstream " + upstream + ", server " + server.getAddress().getHostAddress() + ":" + server.getPort()
                        + " failed a request to " + domain + ": " + cause.getMessage()
                        + (more > 0 ? " (and " + more + " more failures since the last line)" : ""));
    }
}
