package io.erulb.proxy;

import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import io.erulb.rules.Decision;
import io.erulb.rules.RequestView;
import io.erulb.rules.Walk;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A request with what its domain's rules decided of it and what came of that. For the I/O thread of its connection. */
public final class RoutedRequest {
    private final HttpServerExchange exchange;
    private final RequestTarget target;
    private final ExchangeView view;
    private final RoutingTable table;
    private final Domain domain;
    private final @Nullable Walk walk;
    private final Decision decision;
    private boolean explained;
    private @Nullable InetSocketAddress server;
    private int tries;
    private long upstreamNanos;

    RoutedRequest(
            HttpServerExchange exchange,
            RequestTarget target,
            ExchangeView view,
            RoutingTable table,
            Domain domain,
            @Nullable Walk walk,
            Decision decision) {
        this.exchange = exchange;
        this.target = target;
        this.view = view;
        this.table = table;
        this.domain = domain;
        this.walk = walk;
        this.decision = decision;
    }

    /** The exchange. */
    public HttpServerExchange exchange() {
        return exchange;
    }

    RequestTarget target() {
        return target;
    }

    /** What the rules saw of it. */
    public RequestView view() {
        return view;
    }

    /** What was in force. */
    public RoutingTable table() {
        return table;
    }

    /** The domain that took it. */
    public Domain domain() {
        return domain;
    }

    /** Which way it took through the domain's rules; null when the proxy has no {@link RequestObserver} and nobody asked. */
    public @Nullable Walk walk() {
        return walk;
    }

    /** What the rules decided. */
    public Decision decision() {
        return decision;
    }

    /** The way in short, as {@link io.erulb.rules.Explanation#path} has it; empty where it was not written down. */
    public String path() {
        return walk == null ? "" : domain.graph().path(walk);
    }

    /** Whether its client is told which way it took. */
    boolean isExplained() {
        return explained;
    }

    void explain() {
        explained = true;
    }

    /** The server that answered, or else that was asked last; null before one was. Settled when the request is over. */
    public @Nullable InetSocketAddress server() {
        return server;
    }

    /** How many servers were asked; settled when the request is over. */
    public int tries() {
        return tries;
    }

    /** The time all tries took together, in nanoseconds; settled when the request is over. */
    public long upstreamNanos() {
        return upstreamNanos;
    }

    void asked(@Nullable InetSocketAddress itsServer, int itsTries, long nanos) {
        server = itsServer;
        tries = itsTries;
        upstreamNanos = nanos;
    }
}
