package io.erulb.proxy;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.server.Http1Connection;
import io.erulb.routing.Target;
import io.erulb.rules.Decision;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * One request on its way: {@link Asking} gets it an answer, which is passed on here, to whatever end it comes. Confined to the
 * I/O thread of its client's connection.
 */
final class Forwarding implements Runnable {
    /** nginx's status for a request whose client did not wait for the answer. */
    private static final int CLIENT_LEFT = 499;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ForwardingSettings settings;
    private final HttpServerExchange exchange;
    private final RoutedRequest routed;
    private final Tries tries;
    private final Deadlines deadlines;
    private final OutgoingRequest request;
    private final IoLocal io;
    private final Asking asking;
    private final ClientResponse response;
    private final long started = System.nanoTime();
    private @Nullable RequestBody body;
    /** The one whose answer is passed on. */
    private @Nullable ServerCall answering;

    private @Nullable Tunnel tunnel;
    private boolean ended;
    private boolean counted;

    Forwarding(
            RoutedRequest routed, Decision.Forward forward, Target upstream, ForwardingSettings settings, IoLocal io) {
        this.settings = settings;
        this.routed = routed;
        this.exchange = routed.exchange();
        this.tries = new Tries(upstream, routed.domain().name(), routed.view(), settings);
        this.deadlines = new Deadlines(settings, upstream.policy());
        this.request = new OutgoingRequest(exchange, routed.target(), forward, settings);
        this.io = io;
        this.asking = new Asking(this, settings, request, tries, deadlines, io, exchange.getIoThread());
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
            boolean kept = request.isRepeatable() || tries.repeatsAny();
            body = new RequestBody(this, asking, exchange, io, settings, kept);
        }
        deadlines.requestBegins(io.timers(), this::wholeTimeOver);
        asking.begin(body);
    }

    /** Answers in the upstream's place. */
    void refuse(int status, String sentence) {
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
            long nanos = System.nanoTime() - started;
            routed.asked(answering == null ? tries.lastAddress() : answering.address(), tries.count(), nanos);
            settings.listener().completed(routed.domain().name(), status, nanos);
            settings.observers().over(routed, status);
        }
    }

    boolean isHead() {
        return request.isHead();
    }

    /** The server says something before its answer. */
    void interim(ResponseHead head) {
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

    /** An answer begins that is to be passed on. */
    void answerBegins(ServerCall call, ResponseHead head) {
        answering = call;
        call.breakIn(deadlines.idle());
        String cookie = tries.setCookie(call);
        if (cookie != null) {
            exchange.getResponseHeaders().add(Headers.SET_COOKIE, cookie);
        }
        tellServer(call);
        response.begin(head, request.isHead());
    }

    private void tellServer(ServerCall call) {
        if (routed.isExplained()) {
            LiveExplain.tell(exchange, call.address());
        }
    }

    /** A part of it; see {@link io.erulb.proxy.http1.client.UpstreamCall#body}. */
    boolean answerGoesOn(ServerCall call, ByteBuffer data, boolean last) {
        try {
            if (last) {
                finish(call, data);
                return false;
            }
            call.breakIn(deadlines.idle());
            boolean taken = response.write(data);
            if (!taken) {
                // From here on it is the client that is slow, which the answer itself watches.
                call.breakNever();
            }
            return taken;
        } catch (IOException e) {
            clientGone();
            return false;
        }
    }

    /** Its end, without a last part. */
    void answerEnds(ServerCall call) {
        try {
            finish(call, NOTHING);
        } catch (IOException e) {
            clientGone();
        }
    }

    private void finish(ServerCall call, ByteBuffer data) throws IOException {
        call.succeeded();
        over(exchange.getStatusCode());
        if (body != null) {
            body.cancel();
        }
        response.finish(data);
    }

    /** It broke off in the middle: the client must not take it for complete. */
    void answerBroke(ServerCall call, IOException cause) {
        tries.failed(call, Asking.kindOf(cause), cause);
        drop();
    }

    /** The server switched protocols; where that was not asked for, its connection is not taken. */
    void switched(ServerCall call, ResponseHead head, ByteBuffer readAhead) {
        String wanted = request.upgrade();
        if (wanted == null || !wanted.equalsIgnoreCase(head.upgrade())) {
            return;
        }
        StreamConnection server = call.handOver();
        if (server != null) {
            answering = call;
            head.copyTo(exchange.getResponseHeaders());
            ForwardedFields.addVia(head, exchange.getResponseHeaders());
            tellServer(call);
            Tunnel opened = new Tunnel(this, io, settings.tunnelIdleNanos(), server, readAhead);
            tunnel = opened;
            deadlines.requestEnds();
            exchange.upgradeChannel(wanted, opened);
            over(StatusCodes.SWITCHING_PROTOCOLS);
            exchange.endExchange();
        }
    }

    /** The tunnel of a switched protocol is closed. */
    void tunnelEnded() {
        if (answering != null) {
            answering.succeeded();
        }
        requestEnded();
    }

    /** The client took what was kept for it. */
    void clientDrained() {
        if (answering != null) {
            answering.breakIn(deadlines.idle());
            answering.resumeReads();
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
        if (answering == null) {
            over(StatusCodes.BAD_REQUEST);
        }
        clientGone();
    }

    /** The client's request has a longer body than is accepted. */
    void bodyTooLarge() {
        if (answering != null) {
            clientGone();
        } else {
            asking.drop();
            refuse(StatusCodes.REQUEST_ENTITY_TOO_LARGE, settings.bodyTooLarge());
        }
    }

    /** The request has had all the time that its upstream's policy gives one as a whole. */
    private void wholeTimeOver() {
        if (ended) {
            return;
        }
        if (answering != null) {
            drop();
        } else {
            asking.outOfTime();
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
        asking.end();
        io.requestEnded();
    }

    private void drop() {
        over(answering == null ? CLIENT_LEFT : exchange.getStatusCode());
        requestEnded();
        if (body != null) {
            body.cancel();
        }
        asking.drop();
        if (tunnel != null) {
            // Where the client left before it was told of the switch, nobody else does.
            tunnel.close();
        }
        IoUtils.safeClose(exchange.getConnection());
    }
}
