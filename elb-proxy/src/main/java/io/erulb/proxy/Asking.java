package io.erulb.proxy;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.proxy.io.NoSocketException;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Gets one request an answer: sends it to a server, and to another one where that can neither double nor mix anything, until
 * one has begun an answer that counts. Where the policy says so, a second server is asked while the first has yet to answer;
 * the one that is slower is dropped. Confined to the request's I/O thread.
 */
final class Asking implements ServerSearch.Seeker {
    private final Forwarding forwarding;
    private final ForwardingSettings settings;
    private final OutgoingRequest request;
    private final Tries tries;
    private final Deadlines deadlines;
    private final IoLocal io;
    private final Waits waits;
    private final ServerSearch search;
    private @Nullable RequestBody body;
    private @Nullable ServerCall current;
    private @Nullable ServerCall beside;
    private boolean interim;

    Asking(
            Forwarding forwarding,
            ForwardingSettings settings,
            OutgoingRequest request,
            Tries tries,
            Deadlines deadlines,
            IoLocal io,
            XnioIoThread thread) {
        this.forwarding = forwarding;
        this.settings = settings;
        this.request = request;
        this.tries = tries;
        this.deadlines = deadlines;
        this.io = io;
        this.waits = new Waits(thread);
        this.search = new ServerSearch(tries, waits, io, this);
    }

    /** Begins; {@code clientBody} is null where the request has none. */
    void begin(@Nullable RequestBody clientBody) {
        body = clientBody;
        search.begin();
    }

    @Override
    public void picked(Attempt attempt) {
        current = new ServerCall(this, forwarding, attempt);
        pauseBody();
    }

    @Override
    public void tryServer() {
        ServerCall call = current;
        if (call != null) {
            long patience = request.isSafe() && body == null ? tries.hedgeAfterNanos() : Long.MAX_VALUE;
            if (patience < Long.MAX_VALUE) {
                waits.pause(patience, this::askBeside);
            }
            ask(call, request.isRepeatable() && body == null ? IoLocal.Reuse.ANY : IoLocal.Reuse.CHECKED);
        }
    }

    /** The first server takes long. */
    private void askBeside() {
        ServerCall first = current;
        if (first == null || first.counts() || beside != null || interim) {
            return;
        }
        Attempt second = tries.beside(first.attempt());
        if (second != null) {
            ServerCall call = new ServerCall(this, forwarding, second);
            beside = call;
            ask(call, IoLocal.Reuse.ANY);
        }
    }

    private void ask(ServerCall call, IoLocal.Reuse reuse) {
        pauseBody();
        call.begin(io, reuse, deadlines.connect());
    }

    private void pauseBody() {
        if (body != null) {
            body.pause();
        }
    }

    @Override
    public void refuse(int status, String sentence) {
        forwarding.refuse(status, sentence);
    }

    /** A server is there to be asked. */
    void connected(ServerCall call, UpstreamConnection fresh) {
        try {
            ByteBuffer head = request.head(io, body != null && body.isChunked());
            if (body == null) {
                fresh.write(head);
                sent(call);
            } else {
                fresh.breakIn(deadlines.sending(call.begun()));
                body.send(fresh, head);
            }
        } catch (IOException e) {
            pauseBody();
            call.sendingFailed(e);
        }
    }

    /** The server takes no more of the request's body. */
    void sendingFailed(IOException cause) {
        pauseBody();
        if (current != null) {
            current.sendingFailed(cause);
        }
    }

    /** The whole of the request's body is with the server. */
    void requestSent() {
        if (current != null) {
            sent(current);
        }
    }

    private void sent(ServerCall call) {
        call.requestSent();
        if (!call.counts()) {
            call.breakIn(deadlines.firstByte(call.begun()));
        }
    }

    /** A part of the request's body went on its way; the next step is the client's, or else the server's. */
    void bodyMoved(boolean clientsTurn) {
        if (current != null) {
            current.breakIn(clientsTurn ? settings.bodyNanos() : deadlines.sending(current.begun()));
        }
    }

    /** A server takes more of the request. */
    void drained() {
        if (body != null) {
            body.drained();
        }
    }

    /** There is no connection to a server. */
    void unreachable(ServerCall call, IOException cause) {
        if (cause instanceof NoSocketException) {
            call.abandoned();
            if (!anotherRuns(call)) {
                refuse(StatusCodes.SERVICE_UNAVAILABLE, "no connection to a server can be opened at present");
            }
            return;
        }
        Failure kind = kindOfConnect(cause);
        tries.failed(call, kind, cause);
        goOnFrom(call, tries.goesOnAfter(kind));
    }

    /** There is no connection to a server that another one has outrun: that is a failure still. */
    void neverReached(ServerCall call, IOException cause) {
        if (cause instanceof NoSocketException) {
            call.abandoned();
        } else {
            tries.failed(call, kindOfConnect(cause), cause);
        }
    }

    private static Failure kindOfConnect(IOException cause) {
        return cause instanceof SocketTimeoutException ? Failure.TIMEOUT : Failure.CONNECT;
    }

    /** A connection broke before an answer that counts. */
    void broken(ServerCall call, UpstreamConnection lost, IOException cause) {
        if (cause instanceof SocketTimeoutException && body != null && body.isAwaited()) {
            call.abandoned();
            refuse(StatusCodes.REQUEST_TIME_OUT, settings.bodyTooLate());
        } else if (isStale(lost, cause)) {
            ask(call, IoLocal.Reuse.NEVER);
        } else {
            Failure kind = kindOf(cause);
            tries.failed(call, kind, cause);
            goOnFrom(call, tries.goesOnAfter(kind) && canSendAgain(lost));
        }
    }

    private void goOnFrom(ServerCall call, boolean another) {
        if (anotherRuns(call)) {
            return;
        }
        if (another) {
            search.next();
        } else {
            search.giveUp();
        }
    }

    /** Takes a call out that came to nothing; answers whether there is one beside it still. */
    private boolean anotherRuns(ServerCall call) {
        if (call == current) {
            current = beside;
        }
        beside = null;
        return current != null;
    }

    /** A kept connection that the server closed before it heard of this request: nobody's failure. */
    private boolean isStale(UpstreamConnection lost, IOException cause) {
        return lost.reused() && !lost.heard() && !(cause instanceof SocketTimeoutException) && canSendAgain(lost);
    }

    private boolean canSendAgain(UpstreamConnection used) {
        boolean harmless = request.isRepeatable() || tries.repeatsAny() || !used.sent();
        return harmless && (body == null || body.canReplay());
    }

    static Failure kindOf(IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return Failure.TIMEOUT;
        }
        return cause instanceof BadMessageException ? Failure.INVALID_RESPONSE : Failure.BROKEN;
    }

    /** What a server says before its answer; of two, neither is heard, since the answer may be the other one's. */
    void interim(ServerCall call, ResponseHead head) {
        if (call == current && beside == null) {
            interim = true;
            forwarding.interim(head);
        }
    }

    /** An answer begins. */
    void head(ServerCall call, UpstreamConnection used, ResponseHead head) {
        if (tries.goesOnAfter(head.status()) && isTriedAgain(call, used, head.status())) {
            return;
        }
        ServerCall slower = call == current ? beside : current;
        if (slower != null) {
            slower.outrun();
        }
        current = call;
        beside = null;
        call.itCounts();
        forwarding.answerBegins(call, head);
    }

    private boolean isTriedAgain(ServerCall call, UpstreamConnection used, int status) {
        boolean again = canSendAgain(used);
        tries.answeredBadly(call, status);
        if (beside != null) {
            anotherRuns(call);
            call.drop();
            return true;
        }
        Attempt next = again ? search.pick() : null;
        if (next != null) {
            call.drop();
            search.start(next);
        }
        return next != null;
    }

    /** The request had all its time. */
    void outOfTime() {
        // One that was asked beside it had less time, and may be as well as any.
        if (current != null && current.isLate()) {
            tries.failed(
                    current, Failure.TIMEOUT, new SocketTimeoutException("no answer in the time of the whole request"));
        }
        drop();
    }

    /** No server is asked any more. */
    void drop() {
        if (current != null) {
            current.drop();
        }
        if (beside != null) {
            beside.drop();
        }
    }

    /** The request is over. */
    void end() {
        waits.end();
    }
}
