package io.erulb.proxy;

import io.erulb.proxy.http1.HopByHop;
import io.erulb.rules.spi.IpRange;
import io.erulb.rules.spi.IpRanges;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The peers whose word is taken for where a request came from. Nobody is trusted by default, which costs nothing.
 * Immutable, safe for use by many threads.
 */
final class TrustedProxies {
    /** How many addresses of X-Forwarded-For are looked at: more hops than any sane chain has. */
    static final int MAX_ENTRIES = 32;

    private final boolean nobody;
    private final IpRanges ranges;

    TrustedProxies(List<IpRange> ranges) {
        this.nobody = ranges.isEmpty();
        this.ranges = IpRanges.of(ranges);
    }

    /** Whether the peer of this request is trusted. */
    boolean trustsPeerOf(HttpServerExchange exchange) {
        return !nobody && ranges.contains(peer(exchange));
    }

    /** Who sent this request to us. */
    static InetAddress peer(HttpServerExchange exchange) {
        return exchange.getSourceAddress().getAddress();
    }

    /**
     * Who sent this request to the first proxy that is trusted: the rightmost address of X-Forwarded-For that is not
     * trusted. Each address was told by the one after it, so the walk from the right ends at an entry that is no address,
     * at the beginning, or after {@link #MAX_ENTRIES}, with the last address that someone trusted told.
     */
    InetAddress client(HttpServerExchange exchange) {
        InetAddress peer = peer(exchange);
        HeaderValues told = trustsPeerOf(exchange) ? chain(exchange.getRequestHeaders()) : null;
        return told == null ? peer : walk(peer, new ForwardedFor(told));
    }

    private static @Nullable HeaderValues chain(HeaderMap fields) {
        HeaderValues told = fields.get(Headers.X_FORWARDED_FOR);
        boolean ended = told != null
                && HopByHop.connectionOptions(fields).stream().anyMatch(Headers.X_FORWARDED_FOR::equalToString);
        return ended ? null : told;
    }

    private InetAddress walk(InetAddress peer, ForwardedFor told) {
        InetAddress client = peer;
        for (int seen = 0; seen < MAX_ENTRIES && ranges.contains(client); seen++) {
            String entry = told.previous();
            InetAddress address = entry == null ? null : ForwardedFor.address(entry);
            if (address == null) {
                return client;
            }
            client = address;
        }
        return client;
    }
}
