package io.erulb.proxy.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/** A connected socket of an event loop. */
final class SocketConnection extends StreamConnection {
    private final SocketChannel socket;
    private final SocketConduit conduit;

    SocketConnection(EventLoop loop, SocketChannel socket) {
        super(loop);
        this.socket = socket;
        this.conduit = new SocketConduit(loop, socket, this);
        setSourceConduit(conduit);
        setSinkConduit(conduit);
    }

    /** Notes that nothing more is read; false when that was known. */
    boolean endReads() {
        return readClosed();
    }

    /** Notes that nothing more is written; false when that was known. */
    boolean endWrites() {
        return writeClosed();
    }

    @Override
    protected void closeAction() throws IOException {
        socket.close();
    }

    @Override
    protected void notifyReadClosed() {
        conduit.readsEnded();
        super.notifyReadClosed();
    }

    @Override
    protected void notifyWriteClosed() {
        conduit.writesEnded();
        super.notifyWriteClosed();
    }

    @Override
    public @Nullable SocketAddress getPeerAddress() {
        return remote(socket);
    }

    /** The other end, or null when the socket is closed. */
    private static @Nullable SocketAddress remote(SocketChannel socket) {
        try {
            return socket.getRemoteAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        try {
            InetSocketAddress address = (InetSocketAddress) socket.getLocalAddress();
            return address;
        } catch (IOException closed) {
            return null;
        }
    }
}
