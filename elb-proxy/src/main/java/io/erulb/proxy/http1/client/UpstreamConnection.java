package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.TimerWheel;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A connection to a server: HTTP/1.1 from the client's side, one request at a time. Reads stay on for its whole life, so
 * that a server which closes an unused connection is noticed at once; only back-pressure turns them off. Confined to
 * its I/O thread.
 */
public final class UpstreamConnection extends TimerWheel.Entry {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");
    private static final int MAX_ROUNDS = 16;
    private static final int MAX_INTERIM = 32;

    private enum State {
        IDLE,
        HEAD,
        BODY,
        HANDED_OVER,
        CLOSED
    }

    private final IoLocal io;
    private final ConnectionKeeper keeper;
    private final StreamConnection channel;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private final Outbox outbox;
    private final AnswerBody body = new AnswerBody();
    private State state = State.IDLE;
    private @Nullable UpstreamCall call;
    private @Nullable ByteBuffer partialHead;
    private int interims;
    private long requests;
    private boolean persistent;
    private boolean sending;
    private boolean heard;
    private long keepNanos;

    UpstreamConnection(IoLocal io, ConnectionKeeper keeper, StreamConnection channel) {
        super(io.timers());
        this.io = io;
        this.keeper = keeper;
        this.channel = channel;
        this.source = channel.getSourceChannel();
        this.sink = channel.getSinkChannel();
        this.outbox = new Outbox(sink);
        this.keepNanos = io.options().idleTimeout().toNanos();
        source.setReadListener(ignored -> readable());
        sink.setWriteListener(ignored -> writable());
        source.resumeReads();
    }

    /** Starts a request: from now on the call is told what comes. It says with {@link #requestSent} that all is written. */
    public void begin(UpstreamCall newCall) {
        call = newCall;
        state = State.HEAD;
        requests++;
        interims = 0;
        outbox.begin();
        heard = false;
        sending = true;
        disarm();
    }

    /** The request is written as a whole. */
    public void requestSent() {
        sending = false;
    }

    /** Whether it served a request before the present one, so that the server may have closed it unseen. */
    public boolean reused() {
        return requests > 1;
    }

    /** Whether a byte of the present request went out. */
    public boolean sent() {
        return outbox.anySent();
    }

    /** Whether a byte of the present answer came in. */
    public boolean heard() {
        return heard;
    }

    /** Breaks the present request off when nothing comes or goes for a time; {@code nanos} from now. */
    public void breakIn(long nanos) {
        expireIn(nanos);
    }

    /** Lets the present request take its time. */
    public void breakNever() {
        disarm();
    }

    /**
     * Sends bytes. What does not go out at once is kept and sent later.
     *
     * @return whether all went out; if not, write no more until {@link UpstreamCall#drained()}
     * @throws IOException when the connection is broken; the caller says {@link #sendingFailed} then
     */
    public boolean write(ByteBuffer... parts) throws IOException {
        return outbox.write(parts);
    }

    private void writable() {
        boolean empty;
        try {
            empty = outbox.flush();
        } catch (IOException e) {
            sendingFailed(e);
            return;
        }
        if (empty && call != null) {
            call.drained();
        }
    }

    /**
     * Sends no more. A server may answer before it has read a request, and close: that answer counts (RFC 9112 9.5). With
     * none there, the request breaks off.
     */
    public void sendingFailed(IOException cause) {
        sink.suspendWrites();
        if (state == State.HEAD) {
            readable();
        }
        if (state == State.HEAD) {
            fail(cause);
        }
    }

    /** Reads what has come, without waiting to be told that something has. */
    public void read() {
        if (state == State.HEAD) {
            readable();
        }
    }

    /** Goes on reading after {@link UpstreamCall#body} had enough. */
    public void resumeReads() {
        if (state != State.CLOSED) {
            source.resumeReads();
        }
    }

    /** Closes the connection; its call hears no more. */
    public void close() {
        if (state == State.IDLE) {
            keeper.forget(this);
        }
        state = State.CLOSED;
        call = null;
        remove();
        if (channel.isOpen()) {
            IoUtils.safeClose(channel);
        }
    }

    /** Takes the raw connection out, after {@link UpstreamCall#switched}; this object is of no use afterwards. */
    public StreamConnection handOver() {
        state = State.HANDED_OVER;
        call = null;
        remove();
        source.suspendReads();
        source.setReadListener(null);
        sink.setWriteListener(null);
        return channel;
    }

    /** Whether a kept connection can take a request; asks the socket when told to. */
    boolean usable(boolean ask) {
        if (state != State.IDLE || !channel.isOpen()) {
            return false;
        }
        if (ask) {
            state = State.HEAD;
            boolean open = nothingToRead();
            state = open ? State.IDLE : State.CLOSED;
            if (!open) {
                close();
            }
            return open;
        }
        return true;
    }

    private boolean nothingToRead() {
        ByteBuffer buffer = io.borrowReadBuffer();
        try {
            return source.read(buffer.clear()) == 0;
        } catch (IOException e) {
            return false;
        } finally {
            io.giveBack(buffer);
        }
    }

    @Override
    protected void expired() {
        if (state == State.IDLE) {
            close();
        } else {
            fail(new SocketTimeoutException("nothing came or went in time"));
        }
    }

    private void readable() {
        ByteBuffer buffer = io.borrowReadBuffer();
        try {
            boolean more = true;
            // Others on this thread get their turn; the socket is readable still, so the next select comes back.
            for (int round = 0; more && round < MAX_ROUNDS; round++) {
                buffer.clear();
                if (partialHead != null) {
                    buffer.put(partialHead);
                    partialHead = null;
                }
                int before = buffer.position();
                int room = buffer.remaining();
                int n = source.read(buffer);
                if (n < 0) {
                    endOfStream();
                    return;
                }
                buffer.flip();
                if (n == 0) {
                    stash(buffer, before);
                    return;
                }
                heard = true;
                more = received(buffer) && n == room;
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an answer could not be passed on", e);
            fail(new IOException("a fault while the answer was passed on", e));
        } finally {
            io.giveBack(buffer);
        }
    }

    private void stash(ByteBuffer buffer, int bytes) {
        if (bytes > 0) {
            partialHead = ByteBuffer.allocate(bytes).put(buffer).flip();
        }
    }

    /** Returns whether to read on. */
    private boolean received(ByteBuffer buffer) throws IOException {
        if (state == State.IDLE) {
            close();
            return false;
        }
        while (state == State.HEAD) {
            if (!io.parseHead(buffer)) {
                stash(buffer, buffer.remaining());
                return true;
            }
            head(buffer);
        }
        return state == State.BODY && body(buffer);
    }

    private void head(ByteBuffer buffer) throws IOException {
        UpstreamCall current = current();
        ResponseHead head = io.head();
        if (head.status() == 101) {
            current.switched(head, buffer);
            if (state == State.HEAD) {
                throw new BadMessageException("an answer 101 that was not asked for");
            }
            return;
        }
        if (head.status() < 200) {
            if (++interims > MAX_INTERIM) {
                throw new BadMessageException("more than " + MAX_INTERIM + " interim answers");
            }
            current.interim(head);
            return;
        }
        body.begin(head, current.isHead());
        persistent = head.persistent() && !body.endsWithConnection();
        if (head.idleSeconds() >= 0) {
            keepFor(head.idleSeconds());
        }
        state = State.BODY;
        current.head(head);
        if (state == State.BODY && body.isAbsent()) {
            body.take(buffer);
            giveBack();
            current.end();
        }
    }

    /** A second less than the server waits, so that it does not close while our next request is on its way. */
    private void keepFor(int serverSeconds) {
        long seconds = Math.max(0, serverSeconds - 1);
        keepNanos = Math.min(io.options().idleTimeout().toNanos(), seconds * 1_000_000_000L);
    }

    private UpstreamCall current() throws IOException {
        UpstreamCall current = call;
        if (current == null) {
            throw new BadMessageException("an answer that was not asked for");
        }
        return current;
    }

    private boolean body(ByteBuffer buffer) throws IOException {
        UpstreamCall current = current();
        if (body.take(buffer)) {
            giveBack();
            current.body(buffer, true);
            return false;
        }
        boolean welcome = current.body(buffer, false);
        if (!welcome && state == State.BODY) {
            source.suspendReads();
        }
        return welcome && state == State.BODY;
    }

    private void giveBack() {
        call = null;
        boolean keep = persistent && !sending && !body.hasSurplus() && outbox.isEmpty() && keepNanos > 0;
        state = State.IDLE;
        if (keep && keeper.keep(this)) {
            expireIn(keepNanos);
        } else {
            close();
        }
    }

    private void endOfStream() throws IOException {
        UpstreamCall current = call;
        if (current != null && state == State.BODY && body.endsWithConnection()) {
            close();
            current.end();
        } else {
            fail(new EOFException(
                    state == State.BODY ? "the server closed in the middle of its answer" : "the server closed"));
        }
    }

    private void fail(IOException cause) {
        UpstreamCall current = call;
        close();
        if (current != null) {
            current.broken(cause);
        }
    }
}
