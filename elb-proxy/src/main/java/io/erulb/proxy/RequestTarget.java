package io.erulb.proxy;

import io.erulb.proxy.http1.server.Http1Connection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/**
 * The target of a request as it came (RFC 9112 3.2): which host it names, and the path with query to forward.
 *
 * @param host the authority of an absolute-form target, else the Host field; may be empty
 * @param path the path as it came, without the query
 * @param query the query as it came, with its question mark; empty when there is none
 */
record RequestTarget(String host, String path, String query) {

    static RequestTarget of(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        String query = query(exchange, uri);
        if (exchange.isHostIncludedInRequestURI()) {
            return absolute(uri, query);
        }
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return new RequestTarget(host == null ? "" : host, uri, query);
    }

    /** Our own listener can tell an empty query from none. */
    private static String query(HttpServerExchange exchange, String path) {
        if (exchange.getConnection() instanceof Http1Connection connection) {
            return connection.target().substring(path.length());
        }
        String query = exchange.getQueryString();
        return query.isEmpty() ? "" : '?' + query;
    }

    private static RequestTarget absolute(String uri, String query) {
        int authority = uri.indexOf("://") + 3;
        int path = uri.indexOf('/', authority);
        return path < 0
                ? new RequestTarget(uri.substring(authority), "/", query)
                : new RequestTarget(uri.substring(authority, path), uri.substring(path), query);
    }
}
