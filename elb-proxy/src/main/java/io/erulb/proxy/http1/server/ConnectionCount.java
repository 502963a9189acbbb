package io.erulb.proxy.http1.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts open connections, in all and per client address. Safe for use by many threads. */
final class ConnectionCount {
    private final int maxInAll;
    private final int maxPerClient;
    private final AtomicInteger inAll = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perClient = new ConcurrentHashMap<>();

    ConnectionCount(Http1Limits limits) {
        maxInAll = limits.connections().inAll();
        maxPerClient = limits.connections().perClient();
    }

    /** Counts one more; returns whether that is within the limits. To be taken back by {@link #closed} either way. */
    boolean opened(@Nullable InetSocketAddress client) {
        boolean within = inAll.incrementAndGet() <= maxInAll;
        if (client != null) {
            within &= perClient.merge(client.getAddress(), 1, Integer::sum) <= maxPerClient;
        }
        return within;
    }

    void closed(@Nullable InetSocketAddress client) {
        inAll.decrementAndGet();
        if (client != null) {
            perClient.computeIfPresent(client.getAddress(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    int inAll() {
        return inAll.get();
    }
}
