package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.BadMessageException;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSourceConduit;

/** A body of the length its request announced. */
final class FixedSource extends BodySource {
    private long left;

    FixedSource(StreamSourceConduit socket, ReadBuffer input, HttpServerExchange exchange, long length) {
        super(socket, input, exchange);
        this.left = length;
    }

    @Override
    int take(ByteBuffer into) throws IOException {
        if (left == 0) {
            return -1;
        }
        checkLimit(left);
        int limit = into.limit();
        if (into.remaining() > left) {
            into.limit(into.position() + (int) left);
        }
        int n;
        try {
            n = input().read(into);
        } finally {
            into.limit(limit);
        }
        if (n < 0) {
            throw new BadMessageException("the client ended in the middle of a body, " + left + " bytes too early");
        }
        left -= n;
        return n;
    }

    @Override
    boolean isAtEnd() {
        return left == 0;
    }

    @Override
    long announced() {
        return left;
    }
}
