package io.erulb.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;

/**
 * How many more hops a request may take (RFC 9110 7.6.2). Counted for OPTIONS alone: TRACE is never forwarded, and with
 * other methods the field means nothing and passes.
 */
final class MaxForwards {
    /** There is no limit. */
    private static final long NONE = -1;

    /** The field is not one number. */
    private static final long MALFORMED = -2;

    private static final int MAX_DIGITS = 9;

    /** What a number of more digits counts for, as a recipient may take for its greatest. */
    private static final long MOST = 1_000_000_000;

    private MaxForwards() {}

    /** What a request is answered that goes no further, or whose field cannot be counted down; 0 when it may be forwarded. */
    static int status(HttpServerExchange exchange) {
        long hops = of(exchange);
        if (hops == MALFORMED) {
            return StatusCodes.BAD_REQUEST;
        }
        return hops == 0 ? StatusCodes.OK : 0;
    }

    /** Answers one that is not forwarded. */
    static void answer(HttpServerExchange exchange, int status) {
        if (status == StatusCodes.OK) {
            Answers.options(exchange);
        } else {
            Answers.send(exchange, status, "Max-Forwards is not one number");
        }
    }

    /** The hops that are left, the one from here to a server included. */
    static long of(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.OPTIONS)) {
            return NONE;
        }
        HeaderValues values = exchange.getRequestHeaders().get(Headers.MAX_FORWARDS);
        if (values == null) {
            return NONE;
        }
        return values.size() == 1 ? number(values.getFirst()) : MALFORMED;
    }

    private static long number(String text) {
        if (!text.matches("[0-9]+")) {
            return MALFORMED;
        }
        String digits = text.replaceFirst("^0+(?=[0-9])", "");
        return digits.length() > MAX_DIGITS ? MOST : Long.parseLong(digits);
    }
}
