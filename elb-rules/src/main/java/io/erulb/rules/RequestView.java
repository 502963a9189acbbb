package io.erulb.rules;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What filters may see of a request.
 *
 * <p>A view belongs to one request and is read by one thread. Accessors are cheap and give the same answer every time. A
 * view that wraps another passes {@link #whenDone} on.
 */
public interface RequestView {
    /** The method as sent, such as {@code GET}; case matters (RFC 9110 section 9.1). */
    String method();

    /** {@code http} or {@code https}. */
    String scheme();

    /** The host asked for: lower case, without port and trailing dot; empty when the request names none. */
    String host();

    /** The path in normal form ({@link UriPath#normalize}), or what an earlier filter of the walk rewrote it to. */
    String path();

    /** The query as sent, without the question mark; empty when there is none. */
    String query();

    /** The first value of a header, or null; the name's case does not matter. */
    @Nullable
    String header(String name);

    /** All values of a header in the order sent, empty when there is none; the name's case does not matter. */
    List<String> headers(String name);

    /** The address of the client. */
    InetAddress client();

    /** The first cookie of that name, as sent (RFC 6265 section 4.2), or null; the name's case matters. */
    default @Nullable String cookie(String name) {
        return Cookies.first(headers("Cookie"), name);
    }

    /** The first query parameter of that name, decoded, empty when it has no value; null when it is not there. */
    default @Nullable String queryParameter(String name) {
        return QueryString.first(query(), name);
    }

    /**
     * Has something done once the request is over, however it ends: answered, refused, or given up by either side.
     *
     * <p>This runs it at once, which is right for a view that does not know its request's end: nothing counts as under
     * way then, and nothing is left behind.
     *
     * @param action run exactly once, on any thread; must not block or throw
     */
    default void whenDone(Runnable action) {
        action.run();
    }
}
