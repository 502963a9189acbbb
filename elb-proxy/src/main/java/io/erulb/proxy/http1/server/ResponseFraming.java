package io.erulb.proxy.http1.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;

/** How the end of an answer's body is told (RFC 9112 6.3). */
enum ResponseFraming {
    /** No body, whatever the fields claim: to HEAD, and with 1xx, 204 and 304. */
    NONE,
    /** As long as Content-Length says. */
    FIXED,
    CHUNKED,
    /** Until the connection is closed, for HTTP/1.0 clients and answers of unknown length. */
    UNTIL_CLOSE;

    private static final int MAX_DIGITS = 18;

    /**
     * Chooses by request and answer, and makes the answer's fields agree with the choice: what contradicts it, or makes
     * no sense, is removed.
     */
    static ResponseFraming choose(HttpServerExchange exchange) {
        HeaderMap fields = exchange.getResponseHeaders();
        int status = exchange.getStatusCode();
        if (status < 200 || status == 204) {
            fields.remove(Headers.CONTENT_LENGTH);
            fields.remove(Headers.TRANSFER_ENCODING);
            return NONE;
        }
        boolean asked = isChunked(fields);
        fields.remove(Headers.TRANSFER_ENCODING);
        if (asked || length(fields) < 0) {
            fields.remove(Headers.CONTENT_LENGTH);
        }
        if (status == 304 || isHead(exchange)) {
            return NONE;
        }
        if (fields.contains(Headers.CONTENT_LENGTH)) {
            return FIXED;
        }
        return exchange.isHttp11() ? CHUNKED : UNTIL_CLOSE;
    }

    /** Chooses for an answer whose fields are passed on: its body has that length, -1 when that is not known. */
    static ResponseFraming choose(HttpServerExchange exchange, long length) {
        int status = exchange.getStatusCode();
        if (status < 200 || status == 204 || status == 304 || isHead(exchange)) {
            return NONE;
        }
        if (length >= 0) {
            return FIXED;
        }
        return exchange.isHttp11() ? CHUNKED : UNTIL_CLOSE;
    }

    private static boolean isHead(HttpServerExchange exchange) {
        return Methods.HEAD.equals(exchange.getRequestMethod());
    }

    private static boolean isChunked(HeaderMap fields) {
        String coding = fields.getLast(Headers.TRANSFER_ENCODING);
        return coding != null && coding.equalsIgnoreCase("chunked");
    }

    /** What Content-Length says, -1 when it is absent, doubled or not a number. */
    static long length(HeaderMap fields) {
        HeaderValues values = fields.get(Headers.CONTENT_LENGTH);
        if (values == null || values.size() != 1) {
            return -1;
        }
        String text = values.getFirst();
        int digits = text.length();
        if (digits == 0 || digits > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
