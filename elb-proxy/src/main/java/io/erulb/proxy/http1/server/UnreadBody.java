package io.erulb.proxy.http1.server;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What to do about a body whose handler did not read it to its end: it is read and thrown away when it is small and
 * surely comes; otherwise the connection is not worth keeping. Used by whoever runs the exchange.
 */
final class UnreadBody {
    private UnreadBody() {}

    /** Whether the connection cannot or should not be kept, as far as can be told without reading. */
    static boolean isHopeless(BodySource rest, HttpServerExchange exchange, long bound) {
        return !exchange.getConnection().isOpen()
                || rest.isBroken()
                || rest.announced() > bound
                || (!rest.isTouched() && waitsForContinue(exchange));
    }

    /** Such a client may send its next request instead of the body, once it has the answer. */
    private static boolean waitsForContinue(HttpServerExchange exchange) {
        return exchange.isHttp11()
                && HttpContinue.requiresContinueResponse(exchange.getRequestHeaders())
                && !HttpContinue.isContinueResponseSent(exchange);
    }

    /** Throws away what is there at present, up to a bound; returns false when there is more or it is broken. */
    static boolean skip(BodySource rest, HttpServerExchange exchange, long bound) {
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            return skip(rest, pooled.getBuffer(), bound) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** As above, by way of this buffer; returns what is left of the bound, less than zero when it was exceeded. */
    static long skip(BodySource rest, ByteBuffer buffer, long bound) throws IOException {
        long left = bound;
        int n = 1;
        while (n > 0 && left >= 0) {
            n = rest.read(buffer.clear());
            left -= Math.max(n, 0);
        }
        return left;
    }
}
