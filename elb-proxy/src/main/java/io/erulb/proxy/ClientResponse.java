package io.erulb.proxy;

import io.erulb.proxy.http1.TimerWheel;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.server.Http1Connection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSinkChannel;

/**
 * The answer on its way to the client. Head and first part of the body leave in one write; what the client does not
 * take is kept, and its connection's writability brings it on. Confined to the client's I/O thread.
 */
final class ClientResponse implements ChannelListener<StreamSinkChannel> {
    private final HttpServerExchange exchange;
    private final Forwarding forwarding;
    private final ForwardingSettings settings;
    private final IoLocal io;
    private @Nullable StreamSinkChannel channel;
    private @Nullable ByteBuffer kept;
    private TimerWheel.@Nullable Entry sendDeadline;
    private boolean finishing;

    ClientResponse(HttpServerExchange exchange, Forwarding forwarding, ForwardingSettings settings, IoLocal io) {
        this.exchange = exchange;
        this.forwarding = forwarding;
        this.settings = settings;
        this.io = io;
    }

    /** Sets status and fields; nothing is sent yet. */
    void begin(ResponseHead head, boolean headRequest) {
        exchange.setStatusCode(head.status());
        ForwardedFields.addVia(head, exchange.getResponseHeaders());
        ResponseHead.Framing framing = head.framing(headRequest);
        boolean lengthUnknown = framing == ResponseHead.Framing.CHUNKED || framing == ResponseHead.Framing.UNTIL_CLOSE;
        if (!passOn(head, lengthUnknown)) {
            head.copyTo(exchange.getResponseHeaders());
            if (lengthUnknown && exchange.isHttp11()) {
                // Even on a connection that closes, so that a client can tell a whole body from a cut one.
                exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, "chunked");
            }
        }
        if (settings.draining().isOn()) {
            exchange.setPersistent(false);
        }
    }

    private boolean passOn(ResponseHead head, boolean lengthUnknown) {
        return settings.passesHeadsOn()
                && exchange.getConnection() instanceof Http1Connection client
                && client.passOn(head, lengthUnknown ? -1 : head.length());
    }

    /** Sends a part of the body, or what waits to be sent. Returns whether all went out. */
    boolean write(ByteBuffer data) throws IOException {
        StreamSinkChannel out = channel();
        while (data.hasRemaining()) {
            if (out.write(data) == 0) {
                keep(data);
                return false;
            }
        }
        if (!out.flush()) {
            out.resumeWrites();
            watchSending();
            return false;
        }
        return true;
    }

    /** Sends the last part of the body, and ends the answer. */
    void finish(ByteBuffer data) throws IOException {
        StreamSinkChannel out = channel();
        finishing = true;
        if (kept != null) {
            keepMore(data);
            return;
        }
        while (data.hasRemaining()) {
            if (out.writeFinal(data) == 0) {
                keep(data);
                return;
            }
        }
        shutdown(out);
    }

    private StreamSinkChannel channel() throws IOException {
        StreamSinkChannel out = channel;
        if (out == null) {
            out = exchange.getResponseChannel();
            if (out == null) {
                throw new IOException("the client's connection is closed");
            }
            out.getWriteSetter().set(this);
            channel = out;
        }
        return out;
    }

    private void keep(ByteBuffer data) throws IOException {
        kept = ByteBuffer.allocate(data.remaining()).put(data).flip();
        channel().resumeWrites();
        watchSending();
    }

    private void keepMore(ByteBuffer data) {
        ByteBuffer before = kept == null ? ByteBuffer.allocate(0) : kept;
        kept = ByteBuffer.allocate(before.remaining() + data.remaining())
                .put(before)
                .put(data)
                .flip();
    }

    /** A client that takes nothing of what waits for it is given up on; its server has no deadline meanwhile. */
    private void watchSending() {
        if (sendDeadline == null) {
            sendDeadline = new TimerWheel.Entry(io.timers()) {
                @Override
                protected void expired() {
                    stopWatching();
                    forwarding.clientGone();
                }
            };
        }
        sendDeadline.expireIn(settings.sendNanos());
    }

    private void stopWatching() {
        if (sendDeadline != null) {
            sendDeadline.remove();
            sendDeadline = null;
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel out) {
        try {
            if (!sendKept(out)) {
                return;
            }
            if (finishing) {
                stopWatching();
                shutdown(out);
            } else if (out.flush()) {
                stopWatching();
                out.suspendWrites();
                forwarding.clientDrained();
            }
        } catch (IOException e) {
            stopWatching();
            forwarding.clientGone();
        }
    }

    private boolean sendKept(StreamSinkChannel out) throws IOException {
        ByteBuffer data = kept;
        if (data == null) {
            return true;
        }
        while (data.hasRemaining()) {
            int n = finishing ? out.writeFinal(data) : out.write(data);
            if (n == 0) {
                return false;
            }
            if (sendDeadline != null) {
                sendDeadline.expireIn(settings.sendNanos());
            }
        }
        kept = null;
        return true;
    }

    private void shutdown(StreamSinkChannel out) throws IOException {
        out.shutdownWrites();
        if (out.flush()) {
            stopWatching();
            forwarding.clientDone();
        } else {
            out.resumeWrites();
            watchSending();
        }
    }
}
