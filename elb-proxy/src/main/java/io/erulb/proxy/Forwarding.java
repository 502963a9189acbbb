package io.erulb.proxy;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamCall;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.proxy.http1.server.Http1Connection;
import io.erulb.proxy.io.NoSocketException;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
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
final class Forwarding implements Runnable, UpstreamCall {
    /** nginx's status for a request whose client did not wait for the answer. */
    private static final int CLIENT_LEFT = 499;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ForwardingSettings settings;
    private final HttpServerExchange exchange;
    private final String domain;
    private final Tries tries;
    private final OutgoingRequest request;
    private final IoLocal io;
    private final ClientResponse response;
    private final long started = System.nanoTime();
    private @Nullable RequestBody body;
    private @Nullable UpstreamConnection connection;
    private boolean connecting;
    private boolean answering;
    private boolean ended;
    private boolean counted;

    Forwarding(ElbProxy.Routed routed, Upstream upstream, ForwardingSettings settings, IoLocal io) {
        this.settings = settings;
        this.exchange = routed.exchange();
        this.domain = routed.domain().name();
        this.tries = new Tries(upstream, domain, settings);
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
            body = new RequestBody(this, exchange, io, settings);
        }
        tryNext();
    }

    private void tryNext() {
        if (tries.next()) {
            connect(request.isRepeatable() && body == null ? IoLocal.Reuse.ANY : IoLocal.Reuse.CHECKED);
        } else {
            giveUp();
        }
    }

    private void connect(IoLocal.Reuse reuse) {
        if (body != null) {
            body.pause();
        }
        connecting = true;
        io.connect(tries.address(), this, reuse);
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
                fresh.breakIn(settings.idleNanos());
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
            current.requestSent();
            if (!answering) {
                current.breakIn(settings.firstByteNanos());
            }
        }
    }

    /** A part of the request's body went on its way; the next step is the client's, or else the server's. */
    void bodyMoved(boolean clientsTurn) {
        if (connection != null) {
            connection.breakIn(clientsTurn ? settings.bodyNanos() : settings.idleNanos());
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
        tries.failed(cause instanceof SocketTimeoutException ? Failure.TIMEOUT : Failure.CONNECT, cause);
        tryNext();
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
            tries.failed(kindOf(cause), cause);
            if (canSendAgain(lost)) {
                tryNext();
            } else {
                giveUp();
            }
        }
    }

    /** A kept connection that the server closed before it heard of this request: nobody's failure. */
    private boolean isStale(UpstreamConnection lost, IOException cause) {
        return lost.reused() && !lost.heard() && !(cause instanceof SocketTimeoutException) && canSendAgain(lost);
    }

    private boolean canSendAgain(UpstreamConnection lost) {
        return (request.isRepeatable() || !lost.sent()) && (body == null || body.canReplay());
    }

    private static Failure kindOf(IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return Failure.TIMEOUT;
        }
        return cause instanceof BadMessageException ? Failure.INVALID_RESPONSE : Failure.BROKEN;
    }

    private void giveUp() {
        Failure failure = tries.lastFailure();
        if (tries.refusedByLimit()) {
            refuse(StatusCodes.SERVICE_UNAVAILABLE, "every server of the upstream is at its limit of connections");
        } else if (failure == null) {
            refuse(StatusCodes.SERVICE_UNAVAILABLE, "no server of the upstream can take a request");
        } else if (failure == Failure.TIMEOUT) {
            refuse(StatusCodes.GATEWAY_TIME_OUT, "the upstream did not answer in time");
        } else {
            refuse(StatusCodes.BAD_GATEWAY, "the upstream could not be reached or gave no valid answer");
        }
    }

    /** Answers in the upstream's place. */
    private void refuse(int status, String sentence) {
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
        if (isFailure(head.status()) && connection != null) {
            boolean again = canSendAgain(connection);
            tries.failed(Failure.STATUS, new IOException("status " + head.status()));
            if (again && tries.next()) {
                closeUpstream();
                connect(IoLocal.Reuse.ANY);
                return;
            }
        }
        answering = true;
        if (connection != null) {
            connection.breakIn(settings.idleNanos());
        }
        response.begin(head, request.isHead());
    }

    private static boolean isFailure(int status) {
        return status == StatusCodes.INTERNAL_SERVER_ERROR || status == StatusCodes.GATEWAY_TIME_OUT;
    }

    @Override
    public boolean body(ByteBuffer data, boolean last) {
        try {
            if (last) {
                finish(data);
                return false;
            }
            if (connection != null) {
                connection.breakIn(settings.idleNanos());
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
            Tunnel tunnel = new Tunnel(this, io, settings.tunnelIdleNanos(), current.handOver(), readAhead);
            exchange.upgradeChannel(wanted, tunnel);
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
            connection.breakIn(settings.idleNanos());
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

    /** The client left, or cannot be written to any more. */
    void clientGone() {
        if (!ended) {
            drop();
        }
    }

    private void requestEnded() {
        ended = true;
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
        IoUtils.safeClose(exchange.getConnection());
    }
}
