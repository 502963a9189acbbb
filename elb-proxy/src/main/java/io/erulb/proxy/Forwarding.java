package io.erulb.proxy;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamCall;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.proxy.http1.server.Http1Connection;
import io.erulb.proxy.io.NoSocketException;
import io.erulb.routing.Target;
import io.erulb.upstream.Failure;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request on its way: picks a server, sends the request, passes the answer on, and tries another server where that
 * can neither double nor mix anything. Confined to the I/O thread of its client's connection.
 */
final class Forwarding implements Runnable, UpstreamCall, ServerSearch.Seeker {
    /** nginx's status for a request whose client did not wait for the answer. */
    private static final int CLIENT_LEFT = 499;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ForwardingSettings settings;
    private final HttpServerExchange exchange;
    private final String domain;
    private final Tries tries;
    private final Deadlines deadlines;
    private final ServerSearch search;
    private final OutgoingRequest request;
    private final IoLocal io;
    private final ClientResponse response;
    private final long started = System.nanoTime();
    private @Nullable RequestBody body;
    private @Nullable UpstreamConnection connection;
    private @Nullable Tunnel tunnel;
    private boolean connecting;
    private boolean asked;
    private boolean answering;
    private boolean ended;
    private boolean counted;

    Forwarding(ElbProxy.Routed routed, Target upstream, ForwardingSettings settings, IoLocal io) {
        this.settings = settings;
        this.exchange = routed.exchange();
        this.domain = routed.domain().name();
        this.tries = new Tries(upstream, domain, routed.view(), settings);
        this.deadlines = new Deadlines(settings, upstream.policy());
        this.search = new ServerSearch(tries, exchange.getIoThread(), io, this);
        this.request = new OutgoingRequest(exchange, routed.target(), routed.forward(), settings);
        this.io = io;
        this.response = new ClientResponse(exchange, this, settings, io);
    }

    /** Begins; called once the handler's call stack is unwound. */
    @Override
    public void run() {
        io.requestStarted();
        if (exchange.getConnection() instanceof Http1Connection client) {
            client.onClientGone(this::clientGone);
        }
        if (exchange.isRequestComplete()) {
            ClientReads.keepOn(exchange);
        } else {
            body = new RequestBody(this, exchange, io, settings, request.isRepeatable() || tries.repeatsAny());
        }
        deadlines.requestBegins(io.timers(), this::wholeTimeOver);
        search.begin();
    }

    @Override
    public void picked() {
        if (body != null) {
            body.pause();
        }
    }

    @Override
    public void tryServer() {
        connect(request.isRepeatable() && body == null ? IoLocal.Reuse.ANY : IoLocal.Reuse.CHECKED);
    }

    private void connect(IoLocal.Reuse reuse) {
        picked();
        connecting = true;
        asked = false;
        tries.begins();
        deadlines.tryBegins();
        io.connect(tries.address(), this, reuse, deadlines.connect());
    }

    @Override
    public void connected(UpstreamConnection fresh) {
        connecting = false;
        if (ended) {
            tries.abandoned();
            fresh.close();
            return;
        }
        connection = fresh;
        fresh.begin(this);
        try {
            ByteBuffer head = request.head(io, body != null && body.isChunked());
            if (body == null) {
                fresh.write(head);
                requestSent();
            } else {
                fresh.breakIn(deadlines.sending());
                body.send(fresh, head);
            }
        } catch (IOException e) {
            sendingFailed(e);
        }
    }

    /** The server takes no more of the request. */
    void sendingFailed(IOException cause) {
        if (body != null) {
            body.pause();
        }
        if (connection != null) {
            connection.sendingFailed(cause);
        }
    }

    /** The whole request is with the server. */
    void requestSent() {
        UpstreamConnection current = connection;
        if (current != null) {
            asked = true;
            current.requestSent();
            if (!answering) {
                current.breakIn(deadlines.firstByte());
            }
        }
    }

    /** A part of the request's body went on its way; the next step is the client's, or else the server's. */
    void bodyMoved(boolean clientsTurn) {
        if (connection != null) {
            connection.breakIn(clientsTurn ? settings.bodyNanos() : deadlines.sending());
        }
    }

    @Override
    public void unreachable(IOException cause) {
        connecting = false;
        if (ended) {
            tries.abandoned();
            return;
        }
        if (cause instanceof NoSocketException) {
            tries.abandoned();
            refuse(StatusCodes.SERVICE_UNAVAILABLE, "no connection to a server can be opened at present");
            return;
        }
        Failure kind = cause instanceof SocketTimeoutException ? Failure.TIMEOUT : Failure.CONNECT;
        tries.failed(kind, cause);
        if (tries.goesOnAfter(kind)) {
            search.next();
        } else {
            search.giveUp();
        }
    }

    @Override
    public void broken(IOException cause) {
        UpstreamConnection lost = connection;
        connection = null;
        if (answering || lost == null) {
            tries.failed(kindOf(cause), cause);
            cutOff();
        } else if (cause instanceof SocketTimeoutException && body != null && body.isAwaited()) {
            tries.abandoned();
            refuse(StatusCodes.REQUEST_TIME_OUT, settings.bodyTooLate());
        } else if (isStale(lost, cause)) {
            connect(IoLocal.Reuse.NEVER);
        } else {
            Failure kind = kindOf(cause);
            tries.failed(kind, cause);
            if (tries.goesOnAfter(kind) && canSendAgain(lost)) {
                search.next();
            } else {
                search.giveUp();
            }
        }
    }

    /** A kept connection that the server closed before it heard of this request: nobody's failure. */
    private boolean isStale(UpstreamConnection lost, IOException cause) {
        return lost.reused() && !lost.heard() && !(cause instanceof SocketTimeoutException) && canSendAgain(lost);
    }

    private boolean canSendAgain(UpstreamConnection lost) {
        boolean harmless = request.isRepeatable() || tries.repeatsAny() || !lost.sent();
        return harmless && (body == null || body.canReplay());
    }

    private static Failure kindOf(IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return Failure.TIMEOUT;
        }
        return cause instanceof BadMessageException ? Failure.INVALID_RESPONSE : Failure.BROKEN;
    }

    /** Answers in the upstream's place. */
    @Override
    public void refuse(int status, String sentence) {
        over(status);
        if (body != null) {
            body.cancel();
            exchange.setPersistent(false);
        }
        requestEnded();
        Answers.send(exchange, status, sentence);
    }

    private void over(int status) {
        if (!counted) {
            counted = true;
            settings.listener().completed(domain, status, System.nanoTime() - started);
        }
    }

    @Override
    public boolean isHead() {
        return request.isHead();
    }

    @Override
    public void interim(ResponseHead head) {
        if (exchange.getConnection() instanceof Http1Connection client) {
            HeaderMap fields = new HeaderMap();
            head.copyTo(fields);
            try {
                client.sendInterim(head.status(), fields);
            } catch (IOException e) {
                clientGone();
            }
        } else if (head.status() == StatusCodes.CONTINUE && body != null) {
            body.serverContinues();
        }
    }

    @Override
    public void head(ResponseHead head) {
        tries.answered(head.status());
        if (tries.goesOnAfter(head.status()) && connection != null) {
            boolean again = canSendAgain(connection);
            tries.answeredBadly(head.status());
            if (again && search.pick()) {
                closeUpstream();
                search.start();
                return;
            }
        }
        answering = true;
        if (connection != null) {
            connection.breakIn(deadlines.idle());
        }
        String cookie = tries.setCookie();
        if (cookie != null) {
            exchange.getResponseHeaders().add(Headers.SET_COOKIE, cookie);
        }
        response.begin(head, request.isHead());
    }

    @Override
    public boolean body(ByteBuffer data, boolean last) {
        try {
            if (last) {
                finish(data);
                return false;
            }
            if (connection != null) {
                connection.breakIn(deadlines.idle());
            }
            boolean taken = response.write(data);
            if (!taken && connection != null) {
                // From here on it is the client that is slow, which the answer itself watches.
                connection.breakNever();
            }
            return taken;
        } catch (IOException e) {
            clientGone();
            return false;
        }
    }

    @Override
    public void end() {
        try {
            finish(NOTHING);
        } catch (IOException e) {
            clientGone();
        }
    }

    private void finish(ByteBuffer data) throws IOException {
        connection = null;
        tries.succeeded();
        over(exchange.getStatusCode());
        if (body != null) {
            body.cancel();
        }
        response.finish(data);
    }

    @Override
    public void switched(ResponseHead head, ByteBuffer readAhead) {
        String wanted = request.upgrade();
        UpstreamConnection current = connection;
        if (current != null && wanted != null && wanted.equalsIgnoreCase(head.upgrade())) {
            connection = null;
            answering = true;
            head.copyTo(exchange.getResponseHeaders());
            ForwardedFields.addVia(head, exchange.getResponseHeaders());
            Tunnel opened = new Tunnel(this, io, settings.tunnelIdleNanos(), current.handOver(), readAhead);
            tunnel = opened;
            deadlines.requestEnds();
            exchange.upgradeChannel(wanted, opened);
            over(StatusCodes.SWITCHING_PROTOCOLS);
            exchange.endExchange();
        }
    }

    /** The tunnel of a switched protocol is closed. */
    void tunnelEnded() {
        tries.succeeded();
        requestEnded();
    }

    @Override
    public void drained() {
        if (body != null) {
            body.drained();
        }
    }

    /** The client took what was kept for it. */
    void clientDrained() {
        if (connection != null) {
            connection.breakIn(deadlines.idle());
            connection.resumeReads();
        }
    }

    /** The client has the whole answer. */
    void clientDone() {
        requestEnded();
        if (!exchange.isRequestComplete()) {
            exchange.endExchange();
        }
    }

    /** The client's request broke off in its body; the server must not take it for complete. */
    void clientBroke() {
        if (!answering) {
            over(StatusCodes.BAD_REQUEST);
        }
        clientGone();
    }

    /** The client's request has a longer body than is accepted. */
    void bodyTooLarge() {
        if (answering) {
            clientGone();
        } else {
            closeUpstream();
            tries.abandoned();
            refuse(StatusCodes.REQUEST_ENTITY_TOO_LARGE, settings.bodyTooLarge());
        }
    }

    /** The request has had all the time that its upstream's policy gives one as a whole. */
    private void wholeTimeOver() {
        if (ended) {
            return;
        }
        if (answering) {
            cutOff();
        } else {
            if (asked && connection != null) {
                tries.failed(Failure.TIMEOUT, new SocketTimeoutException("no answer in the time of the whole request"));
            } else if (!connecting) {
                tries.abandoned();
            }
            closeUpstream();
            refuse(StatusCodes.GATEWAY_TIME_OUT, "the upstream did not answer in time");
        }
    }

    /** The client left, or cannot be written to any more. */
    void clientGone() {
        if (!ended) {
            drop();
        }
    }

    private void requestEnded() {
        if (ended) {
            return;
        }
        ended = true;
        deadlines.requestEnds();
        search.end();
        io.requestEnded();
    }

    /** The answer broke off in the middle: the client must not take it for complete. */
    private void cutOff() {
        drop();
    }

    private void closeUpstream() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void drop() {
        over(answering ? exchange.getStatusCode() : CLIENT_LEFT);
        requestEnded();
        if (body != null) {
            body.cancel();
        }
        if (!connecting) {
            // A connection still being made counts against its server's limit until it is there and closed.
            tries.abandoned();
        }
        closeUpstream();
        if (tunnel != null) {
            // Where the client left before it was told of the switch, nobody else does.
            tunnel.close();
        }
        IoUtils.safeClose(exchange.getConnection());
    }
}
