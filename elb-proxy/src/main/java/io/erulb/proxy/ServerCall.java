package io.erulb.proxy;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamCall;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * One try of a request at one server: its connection, what came of it so far, and its attempt, which is ended once and no more.
 * Up to the head of an answer that counts the {@link Asking} hears of it, then the {@link Forwarding}. Confined to the request's
 * I/O thread.
 */
final class ServerCall implements UpstreamCall {
    private final Asking asking;
    private final Forwarding forwarding;
    private final Attempt attempt;
    private @Nullable UpstreamConnection connection;
    private long begun;
    private boolean connecting;
    private boolean asked;
    private boolean counts;
    private boolean dropped;
    private boolean outrun;
    private boolean open = true;

    ServerCall(Asking asking, Forwarding forwarding, Attempt attempt) {
        this.asking = asking;
        this.forwarding = forwarding;
        this.attempt = attempt;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Where its server is. */
    InetSocketAddress address() {
        return attempt.peer().address();
    }

    void begin(IoLocal io, IoLocal.Reuse reuse, long connectNanos) {
        connecting = true;
        asked = false;
        begun = System.nanoTime();
        io.connect(address(), this, reuse, connectNanos);
    }

    /** When it began, by {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    @Override
    public void connected(UpstreamConnection fresh) {
        connecting = false;
        if (dropped) {
            endDropped();
            fresh.close();
            return;
        }
        connection = fresh;
        fresh.begin(this);
        asking.connected(this, fresh);
    }

    @Override
    public void unreachable(IOException cause) {
        connecting = false;
        if (outrun) {
            asking.neverReached(this, cause);
        } else if (dropped) {
            abandoned();
        } else {
            asking.unreachable(this, cause);
        }
    }

    @Override
    public void broken(IOException cause) {
        UpstreamConnection lost = connection;
        connection = null;
        if (counts || lost == null) {
            forwarding.answerBroke(this, cause);
        } else {
            asking.broken(this, lost, cause);
        }
    }

    /** The server takes no more of the request. */
    void sendingFailed(IOException cause) {
        if (connection != null) {
            connection.sendingFailed(cause);
        }
    }

    /** The whole request is with the server. */
    void requestSent() {
        if (connection != null) {
            asked = true;
            connection.requestSent();
        }
    }

    /** Breaks off when nothing comes or goes for so long. */
    void breakIn(long nanos) {
        if (connection != null) {
            connection.breakIn(nanos);
        }
    }

    void breakNever() {
        if (connection != null) {
            connection.breakNever();
        }
    }

    void resumeReads() {
        if (connection != null) {
            connection.resumeReads();
        }
    }

    /** The raw connection of a server that switched protocols; null when there is none. */
    @Nullable
    StreamConnection handOver() {
        UpstreamConnection current = connection;
        connection = null;
        return current == null ? null : current.handOver();
    }

    /** Whether its answer is the request's. */
    boolean counts() {
        return counts;
    }

    /** Its answer is the request's from now on. */
    void itCounts() {
        counts = true;
    }

    @Override
    public boolean isHead() {
        return forwarding.isHead();
    }

    @Override
    public void interim(ResponseHead head) {
        asking.interim(this, head);
    }

    @Override
    public void head(ResponseHead head) {
        UpstreamConnection current = connection;
        if (current != null) {
            attempt.answered(head.status(), System.nanoTime() - begun);
            asking.head(this, current, head);
        }
    }

    @Override
    public boolean body(ByteBuffer data, boolean last) {
        return forwarding.answerGoesOn(this, data, last);
    }

    @Override
    public void end() {
        forwarding.answerEnds(this);
    }

    @Override
    public void switched(ResponseHead head, ByteBuffer readAhead) {
        forwarding.switched(this, head, readAhead);
    }

    @Override
    public void drained() {
        asking.drained();
    }

    /** The server failed; answers false when the attempt had ended before. */
    boolean failed(Failure kind) {
        boolean first = open;
        open = false;
        if (first) {
            attempt.failed(kind);
        }
        return first;
    }

    /** The answer is over, and the connection is no longer this call's. */
    void succeeded() {
        connection = null;
        answeredWell();
    }

    /** The server did all that could be asked of it. */
    void answeredWell() {
        if (open) {
            open = false;
            attempt.succeeded();
        }
    }

    /** It ends for no fault of the server's. */
    void abandoned() {
        if (open) {
            open = false;
            attempt.abandoned();
        }
    }

    /** Another server answered sooner; whether this one can be reached at all is waited for still. */
    void outrun() {
        outrun = true;
        drop();
    }

    private void endDropped() {
        if (outrun && open) {
            open = false;
            attempt.outrun(System.nanoTime() - begun);
        }
        abandoned();
    }

    /** The request had all its time; whether it is this server that is to blame for that. */
    boolean isLate() {
        return asked && connection != null;
    }

    /** Nothing more of it is of interest. */
    void drop() {
        dropped = true;
        if (!connecting) {
            // A connection still being made counts against its server's limit until it is there and closed.
            endDropped();
        }
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
