package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.ChunkDecoder;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSourceConduit;

/** A body in chunks. The data of large chunks goes from the socket straight to the reader. */
final class ChunkedSource extends BodySource {
    private final ChunkDecoder decoder = new ChunkDecoder();

    ChunkedSource(StreamSourceConduit socket, ReadBuffer input, HttpServerExchange exchange) {
        super(socket, input, exchange);
    }

    @Override
    int take(ByteBuffer into) throws IOException {
        int start = into.position();
        while (into.hasRemaining() && !decoder.isDone()) {
            int n = decoder.left() > 0 ? data(into) : framing(into.position() - start);
            if (n < 0) {
                throw new BadMessageException("the client ended in the middle of a chunked body");
            }
            if (n == 0) {
                break;
            }
        }
        int taken = into.position() - start;
        return taken > 0 || !decoder.isDone() ? taken : -1;
    }

    private int data(ByteBuffer into) throws IOException {
        int limit = into.limit();
        if (into.remaining() > decoder.left()) {
            into.limit(into.position() + (int) decoder.left());
        }
        try {
            int n = input().read(into);
            if (n > 0) {
                decoder.took(n);
            }
            return n;
        } finally {
            into.limit(limit);
        }
    }

    /** Bytes seen on the way to the next data. */
    private int framing(int takenNow) throws IOException {
        int n = input().remaining();
        if (n == 0) {
            n = input().fill(0);
        }
        if (n > 0) {
            decoder.decode(input().bytes());
            input().releaseIfEmpty();
            checkLimit(takenNow + decoder.left());
        }
        return n;
    }

    @Override
    boolean isAtEnd() {
        return decoder.isDone();
    }

    @Override
    long announced() {
        return -1;
    }
}
