package io.erulb.admin;

import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** Tells the API's requests from the domains', by the target as it came. */
final class AdminPath {
    private static final String PREFIX = "/__erulb__/";

    private AdminPath() {}

    /** The one segment after the prefix, which may be empty; null when the request is not the API's. */
    static @Nullable String resource(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        int path = exchange.isHostIncludedInRequestURI() ? pathOfAbsolute(uri) : 0;
        int name = path + PREFIX.length();
        boolean ours = uri.startsWith(PREFIX, path) && uri.indexOf('/', name) < 0;
        return ours ? uri.substring(name) : null;
    }

    private static int pathOfAbsolute(String uri) {
        int path = uri.indexOf('/', uri.indexOf("://") + 3);
        return path < 0 ? uri.length() : path;
    }
}
