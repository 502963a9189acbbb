package io.erulb.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/**
 * The target of a request as it came (RFC 9112 3.2): which host it names, and the path with query to forward.
 *
 * @param host the authority of an absolute-form target, else the Host field; may be empty
 * @param path the path as it came, without the query
 */
record RequestTarget(String host, String path) {

    static RequestTarget of(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (exchange.isHostIncludedInRequestURI()) {
            return absolute(uri);
        }
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return new RequestTarget(host == null ? "" : host, uri);
    }

    private static RequestTarget absolute(String uri) {
        int authority = uri.indexOf("://") + 3;
        int path = uri.indexOf('/', authority);
        return path < 0
                ? new RequestTarget(uri.substring(authority), "/")
                : new RequestTarget(uri.substring(authority, path), uri.substring(path));
    }
}
