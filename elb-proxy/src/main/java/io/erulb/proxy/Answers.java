package io.erulb.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers the proxy gives itself: a status and one sentence as plain text. */
final class Answers {
    private static final String METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH";

    private Answers() {}

    static void send(HttpServerExchange exchange, int status, String sentence) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        body(exchange, status + " " + StatusCodes.getReason(status) + ": " + sentence + "\n");
    }

    /** Sends a text, or only its length to HEAD. */
    static void body(HttpServerExchange exchange, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, bytes.length);
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
        }
    }

    static void methodNotAllowed(HttpServerExchange exchange, HttpString method) {
        exchange.getResponseHeaders().put(Headers.ALLOW, METHODS);
        send(exchange, StatusCodes.METHOD_NOT_ALLOWED, method + " is not forwarded");
    }

    /** The answer to OPTIONS that goes no further (RFC 9110 9.3.7). */
    static void options(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.ALLOW, METHODS);
        body(exchange, "");
    }
}
