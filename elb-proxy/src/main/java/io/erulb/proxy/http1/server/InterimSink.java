package io.erulb.proxy.http1.server;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The answer of the exchange Undertow asks for to send a 100 (Continue) by. It has no body; a status that is not interim
 * is not sent at all, since the real answer is still to come.
 */
final class InterimSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final ResponseSink responses;
    private final HttpServerExchange exchange;
    private boolean shut;

    InterimSink(StreamSinkConduit socket, ResponseSink responses, HttpServerExchange exchange) {
        super(socket);
        this.responses = responses;
        this.exchange = exchange;
    }

    @Override
    public void terminateWrites() throws IOException {
        if (!shut) {
            shut = true;
            if (exchange.getStatusCode() < 200) {
                responses.interim(exchange.getStatusCode(), new HeaderMap());
            }
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        terminateWrites();
    }

    @Override
    public boolean flush() throws IOException {
        boolean flushed = responses.flushPending();
        if (flushed && shut) {
            Connectors.terminateResponse(exchange);
        }
        return flushed;
    }

    @Override
    public int write(ByteBuffer src) {
        int n = src.remaining();
        src.position(src.limit());
        return n;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) {
        return new Run(srcs, offset, length).discard();
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        int n = write(src);
        terminateWrites();
        return n;
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        long n = write(srcs, offset, length);
        terminateWrites();
        return n;
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) {
        return 0;
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) {
        return 0;
    }
}
