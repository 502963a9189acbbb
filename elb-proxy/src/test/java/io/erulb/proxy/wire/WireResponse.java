package io.erulb.proxy.wire;

import org.jspecify.annotations.Nullable;

/**
 * A well-formed answer, whose body may be cut.
 *
 * @param body as Latin-1, without its framing, as far as it came
 * @param end how the end of the body was told
 * @param complete whether that end came
 */
public record WireResponse(
        int status, String reason, int minor, WireFields fields, String body, End end, boolean complete) {

    /** How the end of a body is told (RFC 9112 6.3). */
    public enum End {
        /** There is no body. */
        NONE,
        /** By Content-Length. */
        LENGTH,
        /** By the last chunk. */
        CHUNKED,
        /** By the end of the connection. */
        CLOSE
    }

    /** The value of the first field of a name, null when there is none. */
    public @Nullable String field(String name) {
        return fields.first(name);
    }

    /** Whether the server announces that it closes the connection. */
    public boolean closes() {
        return end == End.CLOSE || fields.lists("Connection", "close");
    }

    WireResponse withBody(String newBody, boolean whole) {
        return new WireResponse(status, reason, minor, fields, newBody, end, whole);
    }

    @Override
    public String toString() {
        return "HTTP/1." + minor + ' ' + status + ' ' + reason + '\n' + fields + "\n\n" + body
                + (complete ? "" : "<cut>");
    }
}
