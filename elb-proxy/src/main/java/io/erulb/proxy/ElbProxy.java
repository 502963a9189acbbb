package io.erulb.proxy;

import io.erulb.proxy.health.ServerChecks;
import io.erulb.proxy.http1.client.ClientOptions;
import io.erulb.proxy.http1.client.UpstreamClient;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.TableChange;
import io.erulb.routing.Target;
import io.erulb.rules.Decision;
import io.erulb.rules.HeaderField;
import io.erulb.rules.UriPath;
import io.erulb.rules.Walk;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * The proxy as an Undertow handler: finds the domain of a request, lets its rules decide, forwards. Works in any
 * Undertow, best as its root handler; a handler before it must not have taken the request's body. Safe for use by many
 * threads; each request is served by the I/O thread of its client's connection, without a lock.
 *
 * <p>{@link #close()} ends the checks of servers and closes the unused connections to them; requests that run go on.
 */
public final class ElbProxy implements HttpHandler, AutoCloseable {
    private static final HttpString TRACE = Methods.TRACE;

    private final LiveRouting routing;
    private final UpstreamClient client;
    private final ForwardingSettings settings;
    private final ServerChecks checks;
    private final LiveExplain explain;
    private volatile boolean draining;

    /** Whether the last change removed an address. */
    private volatile boolean removedBefore;

    ElbProxy(ElbProxyBuilder builder) {
        ProxyTimeouts timeouts = builder.timeouts;
        this.routing = builder.routing;
        this.client = new UpstreamClient(
                new ClientOptions(timeouts.connect(), timeouts.keepAlive(), builder.maxIdleConnections));
        this.settings = new ForwardingSettings(
                builder.tries,
                builder.maxBody,
                timeouts.connect().toNanos(),
                timeouts.firstByte().toNanos(),
                timeouts.idle().toNanos(),
                builder.clientTimeouts.body().toNanos(),
                builder.clientTimeouts.send().toNanos(),
                timeouts.tunnelIdle().toNanos(),
                builder.upgrades,
                builder.passHeadsOn,
                new ForwardedFields(new TrustedProxies(builder.trustedProxies)),
                builder.listener(),
                new ObserverList(builder.observers()),
                new FailureLog(),
                new Totals(),
                () -> draining);
        this.explain = new LiveExplain(builder.mayExplain);
        routing.onPublish(this::closeUnused);
        this.checks = ServerChecks.of(routing);
    }

    /** A builder of a proxy that goes by this routing. */
    public static ElbProxyBuilder builder(LiveRouting routing) {
        return new ElbProxyBuilder(routing);
    }

    /** Sets the options that let Undertow hand requests on as they came: the target undecoded, bodies of any size. */
    public static Undertow.Builder configure(Undertow.Builder undertow) {
        return undertow.setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, Integer.MAX_VALUE)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.isInIoThread()) {
            exchange.dispatch(exchange.getIoThread(), this);
            return;
        }
        RoutingTable table = routing.current();
        boolean explained = explain.isAsked(exchange);
        if (!table.loaded()) {
            Answers.send(exchange, StatusCodes.SERVICE_UNAVAILABLE, "no configuration is loaded yet");
            return;
        }
        HttpString method = exchange.getRequestMethod();
        if (method.equals(TRACE) || method.equals(Methods.CONNECT)) {
            Answers.methodNotAllowed(exchange, method);
            return;
        }
        RequestTarget target = RequestTarget.of(exchange);
        Domain domain = table.domain(target.host());
        if (domain == null) {
            if (explained) {
                LiveExplain.tell(exchange, table);
            }
            Answers.send(exchange, StatusCodes.NOT_FOUND, "no domain of this name is configured");
            return;
        }
        String path = target.path().equals("*") ? "*" : UriPath.normalize(target.path());
        if (path == null) {
            Answers.send(exchange, StatusCodes.BAD_REQUEST, "the path is malformed");
            return;
        }
        ExchangeView view = new ExchangeView(exchange, target, path, settings.forwardedFields());
        boolean watched = explained || !settings.observers().isEmpty();
        Walk walk = watched ? new Walk() : null;
        Decision decision =
                walk == null ? domain.graph().decide(view) : domain.graph().decide(view, walk);
        RoutedRequest routed = new RoutedRequest(exchange, target, view, table, domain, walk, decision);
        if (watched) {
            tell(routed, explained);
        }
        if (decision instanceof Decision.Forward forward) {
            forward(routed, forward);
        } else {
            answer(routed);
        }
    }

    private void tell(RoutedRequest routed, boolean explained) {
        if (explained) {
            routed.explain();
            LiveExplain.tell(routed);
        }
        settings.observers().decided(routed);
    }

    private void forward(RoutedRequest routed, Decision.Forward forward) {
        HttpServerExchange exchange = routed.exchange();
        Target upstream = routed.table().target(forward.upstream());
        int endsHere = MaxForwards.status(exchange);
        if (endsHere != 0) {
            settings.observers().over(routed, endsHere);
            MaxForwards.answer(exchange, endsHere);
            return;
        }
        if (upstream == null) {
            settings.listener().completed(routed.domain().name(), StatusCodes.SERVICE_UNAVAILABLE, 0);
            settings.observers().over(routed, StatusCodes.SERVICE_UNAVAILABLE);
            Answers.send(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the upstream is not known");
            return;
        }
        if (exchange.getRequestContentLength() > settings.maxBody()) {
            exchange.setPersistent(false);
            settings.observers().over(routed, StatusCodes.REQUEST_ENTITY_TOO_LARGE);
            Answers.send(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, settings.bodyTooLarge());
            return;
        }
        exchange.dispatch(
                SameThreadExecutor.INSTANCE, new Forwarding(routed, forward, upstream, settings, client.local()));
    }

    private void answer(RoutedRequest routed) {
        HttpServerExchange exchange = routed.exchange();
        Decision decision = routed.decision();
        if (decision instanceof Decision.Redirect redirect) {
            settings.observers().over(routed, redirect.status());
            exchange.setStatusCode(redirect.status());
            exchange.getResponseHeaders().put(Headers.LOCATION, redirect.location());
            exchange.endExchange();
        } else if (decision instanceof Decision.Respond respond) {
            settings.observers().over(routed, respond.status());
            exchange.setStatusCode(respond.status());
            for (HeaderField field : respond.headers()) {
                exchange.getResponseHeaders().putAll(new HttpString(field.name()), field.values());
            }
            Answers.body(exchange, respond.body());
        } else if (decision instanceof Decision.Reject reject) {
            settings.observers().over(routed, reject.status());
            Answers.send(exchange, reject.status(), reject.reason());
        }
    }

    private void closeUnused(TableChange change) {
        boolean removes = change.removesAddress();
        // Once more after the next change: requests that went by the table before may have connected meanwhile.
        if (removes || removedBefore) {
            client.retain(addresses(routing.current()));
            removedBefore = removes;
        }
    }

    private static Set<InetSocketAddress> addresses(RoutingTable table) {
        Set<InetSocketAddress> addresses = new HashSet<>();
        table.liveUpstreams().forEach(upstream -> upstream.peers().forEach(peer -> addresses.add(peer.address())));
        return addresses;
    }

    /** Where a request came from, as far as it is known for sure: its peer, or what {@link ElbProxyBuilder#trustedProxies} say. */
    public InetAddress client(HttpServerExchange exchange) {
        return settings.forwardedFields().client(exchange);
    }

    /** Requests being forwarded at present, open WebSockets included. */
    public long active() {
        return client.active();
    }

    /** How many requests were answered 503 since every server was at its limit of connections. */
    public long refused() {
        return settings.totals().refused().sum();
    }

    /** How often a further server was asked since one had failed. */
    public long retried() {
        return settings.totals().retried().sum();
    }

    /** How often a second server was asked beside one that took long. */
    public long hedged() {
        return settings.totals().hedged().sum();
    }

    /** From now on each answer closes its client's connection, so that a stopped listener runs empty. */
    public void drain() {
        draining = true;
    }

    @Override
    public void close() {
        checks.close();
        client.close();
    }
}
