package io.erulb.proxy;

import io.erulb.proxy.http1.TimerWheel;
import io.erulb.proxy.http1.client.IoLocal;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Two connections that switched protocols, each one's bytes passed on to the other until both have ended. A side that
 * ends first is passed on as a half-close. Confined to one I/O thread.
 */
final class Tunnel implements HttpUpgradeListener {
    private final Forwarding forwarding;
    private final long idleNanos;
    private final StreamConnection server;
    private final ByteBuffer readAhead;
    private final TimerWheel.Entry idle;
    private int directions = 2;
    private boolean closed;
    private StreamConnection client;

    Tunnel(Forwarding forwarding, IoLocal io, long idleNanos, StreamConnection server, ByteBuffer readAhead) {
        this.forwarding = forwarding;
        this.idle = new TimerWheel.Entry(io.timers()) {
            @Override
            protected void expired() {
                close();
            }
        };
        this.idleNanos = idleNanos;
        this.server = server;
        this.client = server;
        this.readAhead =
                ByteBuffer.allocate(readAhead.remaining()).put(readAhead).flip();
    }

    @Override
    public void handleUpgrade(StreamConnection upgraded, HttpServerExchange exchange) {
        client = upgraded;
        client.setCloseListener(ignored -> close());
        server.setCloseListener(ignored -> close());
        alive();
        new TunnelFlow(this, server, client, readAhead).start();
        new TunnelFlow(this, client, server, ByteBuffer.allocate(0)).start();
    }

    /** Bytes went through. */
    void alive() {
        idle.expireIn(idleNanos);
    }

    /** One direction has ended well. */
    void ended() {
        directions--;
        if (directions == 0) {
            close();
        }
    }

    void broken(IOException ignored) {
        close();
    }

    void close() {
        if (!closed) {
            closed = true;
            idle.remove();
            forwarding.tunnelEnded();
            IoUtils.safeClose(server, client);
        }
    }
}
