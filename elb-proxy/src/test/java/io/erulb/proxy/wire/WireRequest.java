package io.erulb.proxy.wire;

import org.jspecify.annotations.Nullable;

/**
 * A whole, well-formed request.
 *
 * @param minor the version: 1 of HTTP/1.1, 0 of HTTP/1.0
 * @param body as Latin-1, without its framing
 * @param trailers of a chunked body, else empty
 */
public record WireRequest(
        String method, String target, int minor, WireFields fields, String body, WireFields trailers) {

    /** The value of the first field of a name, null when there is none. */
    public @Nullable String field(String name) {
        return fields.first(name);
    }

    /** Whether the body came in chunks. */
    public boolean isChunked() {
        return fields.has("Transfer-Encoding");
    }

    WireRequest withBody(String newBody, WireFields newTrailers) {
        return new WireRequest(method, target, minor, fields, newBody, newTrailers);
    }

    @Override
    public String toString() {
        return method + ' ' + target + " HTTP/1." + minor + '\n' + fields + "\n\n" + body;
    }
}
