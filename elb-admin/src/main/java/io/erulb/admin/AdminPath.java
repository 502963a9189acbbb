package io.erulb.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.URLUtils;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the API's requests from the domains', by the target as it came. Immutable.
 *
 * @param resource the segment after the prefix, empty for the page
 * @param item the segment after that, percent-decoded, of resources that have items; null for the resource itself
 */
record AdminPath(String resource, @Nullable String item) {
    private static final String PREFIX = "/__erulb__/";
    private static final Set<String> WITH_ITEMS = Set.of("graph", "history", "rollback");

    /** Null when the request is not the API's. */
    static @Nullable AdminPath of(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        int path = exchange.isHostIncludedInRequestURI() ? pathOfAbsolute(uri) : 0;
        return uri.startsWith(PREFIX, path) ? of(uri.substring(path + PREFIX.length())) : null;
    }

    private static @Nullable AdminPath of(String segments) {
        int slash = segments.indexOf('/');
        if (slash < 0) {
            return new AdminPath(segments, null);
        }
        String resource = segments.substring(0, slash);
        String item = segments.substring(slash + 1);
        return WITH_ITEMS.contains(resource) && item.indexOf('/') < 0 ? new AdminPath(resource, decoded(item)) : null;
    }

    /** What is badly encoded stays as it is: no item has such a name. */
    private static String decoded(String item) {
        try {
            return URLUtils.decode(item, "UTF-8", true, false, new StringBuilder());
        } catch (IllegalArgumentException malformed) {
            return item;
        }
    }

    private static int pathOfAbsolute(String uri) {
        int path = uri.indexOf('/', uri.indexOf("://") + 3);
        return path < 0 ? uri.length() : path;
    }
}
