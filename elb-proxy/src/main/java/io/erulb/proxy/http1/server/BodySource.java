package io.erulb.proxy.http1.server;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of one request as its reader sees it. Ends with -1 only when the framing ended well; whatever else happens is
 * an {@link IOException}, then and ever after, and the connection serves no other request. Used by one thread at a time,
 * but for {@link #isReadResumed} and {@link #isFinished}.
 *
 * <p>Suspending only takes a note: the socket's reads are turned off when bytes come that nobody wants yet, which for
 * most requests is never.
 */
abstract class BodySource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final ReadBuffer input;
    private final HttpServerExchange exchange;
    private long limit;
    private long taken;
    private volatile boolean resumed;
    private volatile boolean finished;
    private @Nullable IOException broken;

    BodySource(StreamSourceConduit socket, ReadBuffer input, HttpServerExchange exchange) {
        super(socket);
        this.input = input;
        this.exchange = exchange;
        limit(exchange.getMaxEntitySize());
    }

    /** Takes part of the body, at least one byte into a buffer with room; 0 when none is there, -1 at its end. */
    abstract int take(ByteBuffer into) throws IOException;

    /** Whether all of the body was taken, so that the reader only has to hear so. */
    abstract boolean isAtEnd();

    /** How many bytes are surely still to come, at least; -1 when that is not known. */
    abstract long announced();

    final ReadBuffer input() {
        return input;
    }

    /** Sets how large the body may be; 0 and below mean as large as it likes. */
    final void limit(long bytes) {
        limit = bytes <= 0 ? Long.MAX_VALUE : bytes;
    }

    final boolean isFinished() {
        return finished;
    }

    final boolean isBroken() {
        return broken != null;
    }

    /** Whether the reader took anything. */
    final boolean isTouched() {
        return taken > 0;
    }

    /** Accounts for announced bytes before they come: a body that is too large is not read at all. */
    final void checkLimit(long coming) throws IOException {
        if (coming > limit - taken) {
            throw new RequestTooBigException("The request's body is larger than " + limit + " bytes.");
        }
    }

    @Override
    public final int read(ByteBuffer into) throws IOException {
        if (finished) {
            return -1;
        }
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        int n = takeOrBreak(into);
        if (n < 0) {
            finished = true;
            Connectors.terminateRequest(exchange);
        } else {
            taken += n;
        }
        return n;
    }

    private int takeOrBreak(ByteBuffer into) throws IOException {
        try {
            return take(into);
        } catch (IOException e) {
            broken = e;
            exchange.setPersistent(false);
            throw e;
        }
    }

    @Override
    public final long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (into[i].hasRemaining()) {
                int n = read(into[i]);
                if (n <= 0) {
                    return total > 0 ? total : n;
                }
                total += n;
            }
        }
        return total;
    }

    @Override
    public final long transferTo(long position, long count, FileChannel target) throws IOException {
        return finished ? -1 : target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public final long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), count, throughBuffer, target);
    }

    @Override
    public final void resumeReads() {
        resumed = true;
        if (hasNews()) {
            next.wakeupReads();
        } else {
            next.resumeReads();
        }
    }

    /** Whether a read would tell something without a byte from the socket. */
    private boolean hasNews() {
        return !input.isEmpty() || broken != null || isAtEnd();
    }

    @Override
    public final void wakeupReads() {
        resumed = true;
        next.wakeupReads();
    }

    @Override
    public final void suspendReads() {
        resumed = false;
    }

    @Override
    public final boolean isReadResumed() {
        return resumed;
    }

    @Override
    public final boolean isReadShutdown() {
        return finished || (super.isReadShutdown() && input.isEmpty());
    }

    @Override
    public final void awaitReadable() throws IOException {
        if (!hasNews()) {
            next.awaitReadable();
        }
    }

    @Override
    public final void awaitReadable(long time, TimeUnit timeUnit) throws IOException {
        if (!hasNews()) {
            next.awaitReadable(time, timeUnit);
        }
    }

    /** The reader wants no more: the rest is not worth keeping the connection. */
    @Override
    public final void terminateReads() {
        if (!finished) {
            exchange.setPersistent(false);
            Connectors.terminateRequest(exchange);
        }
    }
}
