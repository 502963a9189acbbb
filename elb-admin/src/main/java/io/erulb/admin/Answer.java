package io.erulb.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call is answered: a status, header fields beside those every answer has, and a text, JSON if no field says
 * otherwise. Immutable.
 *
 * @param headers in the order they are sent
 */
record Answer(int status, Map<HttpString, String> headers, String body) {
    static final Answer OK = message(StatusCodes.OK, "OK");
    static final Answer NOT_FOUND = message(StatusCodes.NOT_FOUND, "there is no such resource");

    static Answer json(int status, String json) {
        return new Answer(status, Map.of(), json);
    }

    /** A text for people to read. */
    static Answer text(String text) {
        return new Answer(StatusCodes.OK, Map.of(Headers.CONTENT_TYPE, "text/plain; charset=utf-8"), text);
    }

    static Answer message(int status, String sentence) {
        return json(
                status,
                JsonText.of(out -> out.beginObject().name("msg").value(sentence).endObject()));
    }

    Answer with(HttpString header, String value) {
        Map<HttpString, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer withStatus(int other) {
        return new Answer(other, headers, body);
    }

    /**
     * Sends the answer, to HEAD without its body, and in short (304) to who has it already, where it may be kept (RFC 9110
     * section 13.1.2). From any thread that handles the exchange.
     */
    void send(HttpServerExchange exchange) {
        if (status == StatusCodes.OK && isKnown(exchange)) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            headers.forEach(exchange.getResponseHeaders()::put);
            exchange.getResponseHeaders().remove(Headers.CONTENT_TYPE);
            exchange.endExchange();
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/json")
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(Headers.CONTENT_LENGTH, bytes.length);
        headers.forEach(exchange.getResponseHeaders()::put);
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
        }
    }

    private boolean isKnown(HttpServerExchange exchange) {
        String tag = headers.get(Headers.ETAG);
        String known = exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH);
        // What may change without a new tag, as servers' health does, is never said to be known.
        boolean kept = "no-cache".equals(headers.get(Headers.CACHE_CONTROL));
        boolean read = exchange.getRequestMethod().equals(Methods.GET)
                || exchange.getRequestMethod().equals(Methods.HEAD);
        return kept && read && tag != null && known != null && (known.contains(tag) || known.equals("*"));
    }
}
