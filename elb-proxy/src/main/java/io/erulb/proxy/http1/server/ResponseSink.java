package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.FieldLines;
import io.undertow.server.Connectors;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Answers of one connection, one after the other: head, data and end leave together in one gathering write where the
 * handler lets them. An answer that ends too early, or after its handler failed, closes the connection without a clean
 * end, so that no client takes it for whole. Used by one thread at a time.
 */
final class ResponseSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private static final int MAX_PENDING = 64 * 1024;

    /** Data up to this many bytes is copied behind its head: cheaper than a gathering write. */
    private static final int SMALL = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Http1Connection connection;
    private @Nullable HttpServerExchange exchange;
    private ResponseFraming framing = ResponseFraming.NONE;

    /** Of the body, with a fixed length; of the chunk that was begun, with chunks. */
    private long left;

    private boolean headMade;
    private boolean endMade;
    private boolean shut;

    /** Whether the handler waits for the socket to be writable. */
    private boolean waits;

    /** Fields of the head that are not the exchange's, until the head is made. */
    private @Nullable FieldLines passedOn;

    /** Of the body of an answer that is passed on, -1 when that is not known. */
    private long passedOnLength;

    /** Framing the socket did not take; goes before anything else. */
    private @Nullable ByteBuffer pending;

    private final ByteBuffer[] one = {NOTHING};
    private final Run single = new Run(one, 0, 1);

    ResponseSink(StreamSinkConduit socket, Http1Connection connection) {
        super(socket);
        this.connection = connection;
    }

    /** Gets ready for the answer of an exchange. */
    void begin(HttpServerExchange next) {
        exchange = next;
        if (passedOn == null) {
            framing = ResponseFraming.choose(next);
            left = framing == ResponseFraming.FIXED ? ResponseFraming.length(next.getResponseHeaders()) : 0;
        } else {
            framing = ResponseFraming.choose(next, passedOnLength);
            left = framing == ResponseFraming.FIXED ? passedOnLength : 0;
        }
        headMade = false;
        endMade = framing != ResponseFraming.CHUNKED;
        shut = false;
        waits = false;
        if (framing == ResponseFraming.UNTIL_CLOSE) {
            next.setPersistent(false);
        }
    }

    /** Lets the next answer have these fields too, if its head can be sent during the present call. */
    boolean passOn(FieldLines fields, long length) {
        if (pending != null) {
            return false;
        }
        passedOn = fields;
        passedOnLength = length;
        return true;
    }

    /** Whether so much waits for a client that does not read that nothing optional should be added. */
    boolean isClogged() {
        ByteBuffer waiting = pending;
        return waiting != null && waiting.remaining() > MAX_PENDING;
    }

    /** Sends the head of an interim answer, now or, when the socket is full, before what comes next. */
    boolean interim(int status, HeaderMap fields) throws IOException {
        ResponseFrames frames = connection.frames().front();
        frames.interim(status, fields);
        return send(frames.frontBytes());
    }

    /** Sends a whole answer that no exchange has; returns whether all of it is out. */
    boolean send(ByteBuffer answer) throws IOException {
        if (flushPending()) {
            next.write(answer);
        }
        keep(answer);
        return pending == null;
    }

    /** Sends framing that had to wait; returns whether none is left. */
    boolean flushPending() throws IOException {
        ByteBuffer waiting = pending;
        if (waiting == null) {
            return true;
        }
        next.write(waiting);
        if (waiting.hasRemaining()) {
            return false;
        }
        pending = null;
        return true;
    }

    private void keep(ByteBuffer rest) {
        if (rest.hasRemaining()) {
            ByteBuffer before = pending == null ? ByteBuffer.allocate(0) : pending;
            pending = ByteBuffer.allocate(before.remaining() + rest.remaining())
                    .put(before)
                    .put(rest)
                    .flip();
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return (int) send(src, false);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return send(new Run(srcs, offset, length), false);
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        int n = (int) send(src, true);
        if (!src.hasRemaining()) {
            terminateWrites();
        }
        return n;
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Run run = new Run(srcs, offset, length);
        long n = send(run, true);
        if (run.remaining() == 0) {
            terminateWrites();
        }
        return n;
    }

    private long send(ByteBuffer src, boolean last) throws IOException {
        one[0] = src;
        return send(single, last);
    }

    private long send(Run run, boolean last) throws IOException {
        HttpServerExchange current = exchange;
        if (current == null || shut) {
            throw new ClosedChannelException();
        }
        long available = run.remaining();
        if (available == 0 || !flushPending()) {
            return 0;
        }
        if (framing == ResponseFraming.NONE) {
            return run.discard();
        }
        if (framing == ResponseFraming.FIXED && left == 0) {
            throw new IOException("the answer is longer than its Content-Length");
        }
        return sendSome(current, run, last);
    }

    private long sendSome(HttpServerExchange current, Run run, boolean last) throws IOException {
        long available = run.remaining();
        ResponseFrames frames = connection.frames().front();
        makeHead(frames, current);
        if (framing == ResponseFraming.CHUNKED && left == 0) {
            frames.chunk(available);
            left = available;
        }
        long allowed = framing == ResponseFraming.UNTIL_CLOSE ? available : Math.min(available, left);
        boolean endsChunk = framing == ResponseFraming.CHUNKED && allowed == left;
        boolean endsBody = endsChunk && last && allowed == available && !hasTrailers(current);
        if (allowed == available && available <= SMALL && frames.isBegun()) {
            frames.data(run);
            if (endsChunk) {
                frames.endOfChunk(endsBody);
            }
            send(frames.frontBytes());
            account(available, endsChunk, endsBody);
            return available;
        }
        ByteBuffer front = frames.frontBytes();
        ByteBuffer tail = endsChunk ? frames.chunkEnd(endsBody) : NOTHING;
        run.gather(next, frames, front, allowed, tail);
        long taken = available - run.remaining();
        keep(front);
        account(taken, endsChunk, endsBody);
        if (endsChunk && left == 0) {
            keep(tail);
        }
        return taken;
    }

    private void account(long taken, boolean endsChunk, boolean endsBody) {
        if (waits && taken > 0) {
            connection.loop().answerWaits();
        }
        if (framing != ResponseFraming.UNTIL_CLOSE) {
            left -= taken;
        }
        if (endsChunk && left == 0) {
            endMade = endsBody;
        }
    }

    private void makeHead(ResponseFrames frames, HttpServerExchange current) {
        if (!headMade) {
            frames.head(current, framing, passedOn);
            passedOn = null;
            headMade = true;
        }
    }

    private static boolean hasTrailers(HttpServerExchange exchange) {
        return exchange.getAttachment(HttpAttachments.RESPONSE_TRAILERS) != null;
    }

    /** Sends what has to come before more data, or behind all of it; returns whether all of that is out. */
    private boolean sendFront(HttpServerExchange current) throws IOException {
        if (!flushPending()) {
            return false;
        }
        boolean ends = shut && !endMade;
        if (headMade && !ends) {
            return true;
        }
        ResponseFrames frames = connection.frames().front();
        makeHead(frames, current);
        if (ends) {
            frames.lastChunk(current);
            endMade = true;
        }
        ByteBuffer front = frames.frontBytes();
        next.write(front);
        keep(front);
        return pending == null;
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        HttpServerExchange current = exchange;
        if (current == null || shut) {
            throw new ClosedChannelException();
        }
        if (framing == ResponseFraming.CHUNKED || framing == ResponseFraming.NONE) {
            return src.transferTo(position, count, new ConduitWritableByteChannel(this));
        }
        if (!sendFront(current)) {
            return 0;
        }
        boolean fixed = framing == ResponseFraming.FIXED;
        long taken = next.transferFrom(src, position, fixed ? Math.min(count, left) : count);
        if (fixed && taken > 0) {
            left -= taken;
        }
        return taken;
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return IoUtils.transfer(source, count, throughBuffer, new ConduitWritableByteChannel(this));
    }

    @Override
    public boolean flush() throws IOException {
        HttpServerExchange current = exchange;
        if (current == null) {
            return flushPending() && next.flush();
        }
        if (!sendFront(current) || !next.flush()) {
            return false;
        }
        if (shut || (framing == ResponseFraming.FIXED && left == 0)) {
            exchange = null;
            Connectors.terminateResponse(current);
        }
        return true;
    }

    @Override
    public void terminateWrites() {
        HttpServerExchange current = exchange;
        if (!shut && current != null) {
            shut = true;
            if (isCut(current)) {
                truncateWrites();
            }
        }
    }

    private boolean isCut(HttpServerExchange current) {
        boolean failed = headMade && current.getAttachment(DefaultResponseListener.EXCEPTION) != null;
        boolean open = framing == ResponseFraming.CHUNKED || framing == ResponseFraming.UNTIL_CLOSE;
        return left > 0 || (failed && open);
    }

    /** Nothing more will come, though something should: the client is to notice. */
    @Override
    public void truncateWrites() {
        HttpServerExchange current = exchange;
        shut = true;
        if (current != null) {
            current.setPersistent(false);
        }
        IoUtils.safeClose(connection);
    }

    @Override
    public void resumeWrites() {
        waits = true;
        connection.loop().answerWaits();
        super.resumeWrites();
    }

    @Override
    public void suspendWrites() {
        waits = false;
        connection.loop().answerMoves();
        super.suspendWrites();
    }

    @Override
    public boolean isWriteShutdown() {
        return shut || super.isWriteShutdown();
    }
}
