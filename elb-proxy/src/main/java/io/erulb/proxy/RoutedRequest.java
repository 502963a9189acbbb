package io.erulb.proxy;

import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import io.erulb.rules.Decision;
import io.erulb.rules.RequestView;
import io.erulb.rules.Walk;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** A request with what its domain's rules decided of it. For the I/O thread of its connection. */
public final class RoutedRequest {
    private final HttpServerExchange exchange;
    private final RequestTarget target;
    private final ExchangeView view;
    private final RoutingTable table;
    private final Domain domain;
    private final @Nullable Walk walk;
    private final Decision decision;

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

    /** Which way it took through the domain's rules; null when the proxy has no {@link RequestObserver}. */
    public @Nullable Walk walk() {
        return walk;
    }

    /** What the rules decided. */
    public Decision decision() {
        return decision;
    }
}
