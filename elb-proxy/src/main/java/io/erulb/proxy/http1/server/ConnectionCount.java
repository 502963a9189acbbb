package io.erulb.proxy.http1.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts open connections, in all and per client address, and those turned away. Safe for use by many threads. */
final class ConnectionCount {
    private final int maxInAll;
    private final int maxPerClient;
    private final Refusal tooManyInAll;
    private final Refusal tooManyOfClient;
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger inAll = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perClient = new ConcurrentHashMap<>();

    ConnectionCount(Http1Limits limits) {
        maxInAll = limits.connections().inAll();
        maxPerClient = limits.connections().perClient();
        tooManyInAll = new Refusal(503, "The limit of connections is reached: " + maxInAll + " in all.");
        tooManyOfClient =
                new Refusal(429, "The limit of connections is reached: " + maxPerClient + " from one address.");
    }

    /** Counts one more; returns why it is one too many, or null. To be taken back by {@link #closed} either way. */
    @Nullable
    Refusal opened(@Nullable InetSocketAddress client) {
        boolean within = inAll.incrementAndGet() <= maxInAll;
        boolean clientWithin = client == null || perClient.merge(client.getAddress(), 1, Integer::sum) <= maxPerClient;
        if (within && clientWithin) {
            return null;
        }
        refused.increment();
        return clientWithin ? tooManyInAll : tooManyOfClient;
    }

    void closed(@Nullable InetSocketAddress client) {
        inAll.decrementAndGet();
        if (client != null) {
            perClient.computeIfPresent(client.getAddress(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    long refused() {
        return refused.sum();
    }

    int inAll() {
        return inAll.get();
    }
}
