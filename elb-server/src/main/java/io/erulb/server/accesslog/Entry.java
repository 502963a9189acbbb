package io.erulb.server.accesslog;

import io.erulb.proxy.RoutedRequest;
import io.erulb.proxy.http1.server.Http1Connection;
import io.erulb.rules.Decision;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a line tells of a request: filled by the thread that serves it, read by the one that writes once the request is over.
 * It keeps nothing of the exchange alive, and of texts no more than is written.
 */
final class Entry implements ExchangeCompletionListener {
    final long time = System.currentTimeMillis();
    final InetAddress client;
    final String method;
    final String scheme;
    final @Nullable String host;
    final String target;
    final HttpString protocol;
    final @Nullable String[] headers;
    int status;
    long bytes;
    long nanos;

    @Nullable
    Routed routed;

    private final long began = System.nanoTime();
    private final Consumer<Entry> done;

    /** What the proxy made of it. */
    record Routed(
            RuleGraph graph,
            @Nullable Walk walk,
            long version,
            long revision,
            @Nullable String upstream,
            @Nullable InetSocketAddress server,
            int tries,
            long upstreamNanos) {

        String path() {
            return walk == null ? "" : graph.path(walk);
        }
    }

    Entry(HttpServerExchange exchange, InetAddress client, List<HttpString> headers, Consumer<Entry> done) {
        HeaderMap fields = exchange.getRequestHeaders();
        this.client = client;
        this.method = cut(exchange.getRequestMethod().toString());
        this.scheme = exchange.getRequestScheme();
        this.host = value(fields.get(Headers.HOST));
        this.target = cut(target(exchange));
        this.protocol = exchange.getProtocol();
        this.headers = new String[headers.size()];
        for (int i = 0; i < this.headers.length; i++) {
            this.headers[i] = value(fields.get(headers.get(i)));
        }
        this.done = done;
    }

    /** What is written of a text, and one character more where it has one, which tells that there was more. */
    private static String cut(String text) {
        return text.length() <= Escapes.LONGEST ? text : text.substring(0, Escapes.LONGEST + 1);
    }

    private static String target(HttpServerExchange exchange) {
        if (exchange.getConnection() instanceof Http1Connection connection) {
            return connection.target();
        }
        String query = exchange.getQueryString();
        return query.isEmpty() ? exchange.getRequestURI() : exchange.getRequestURI() + '?' + query;
    }

    private static @Nullable String value(@Nullable HeaderValues values) {
        if (values == null) {
            return null;
        }
        return cut(values.size() == 1 ? values.getFirst() : String.join(", ", values));
    }

    /** The proxy is done with it, and says what the client is answered. */
    void over(RoutedRequest request, int itsStatus) {
        status = itsStatus;
        routed = new Routed(
                request.domain().graph(),
                request.walk(),
                request.table().version(),
                request.table().sourceRevision(),
                request.decision() instanceof Decision.Forward forward ? forward.upstream() : null,
                request.server(),
                request.tries(),
                request.upstreamNanos());
    }

    @Override
    public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
        try {
            nanos = System.nanoTime() - began;
            bytes = exchange.getResponseBytesSent();
            if (status == 0) {
                status = exchange.getStatusCode();
            }
            done.accept(this);
        } finally {
            next.proceed();
        }
    }
}
