package io.erulb.proxy.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.Cancellable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.FutureResult;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** A connection to a server being made. Confined to its loop, but for being cancelled. */
final class Connect implements EventLoop.Waiting {
    private final EventLoop loop;
    private final InetSocketAddress destination;
    private final ChannelListener<? super StreamConnection> opened;
    private final FutureResult<StreamConnection> result = new FutureResult<>();
    private @Nullable SocketChannel socket;

    Connect(EventLoop loop, InetSocketAddress destination, ChannelListener<? super StreamConnection> opened) {
        this.loop = loop;
        this.destination = destination;
        this.opened = opened;
    }

    /** Begins; the future's cancelling gives up. */
    IoFuture<StreamConnection> start() {
        try {
            SocketChannel made = socket();
            socket = made;
            made.configureBlocking(false);
            made.setOption(StandardSocketOptions.TCP_NODELAY, true);
            result.addCancelHandler(new GivingUp(result, made));
            if (made.connect(destination)) {
                loop.execute(() -> done(made));
            } else {
                loop.register(made, SelectionKey.OP_CONNECT, this);
            }
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException unsupported) {
            // An IPv6 address on a machine without, say.
            failed(new IOException("no way to " + destination + ": " + unsupported, unsupported));
        }
        return result.getIoFuture();
    }

    private static SocketChannel socket() throws NoSocketException {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw new NoSocketException(e);
        }
    }

    /** What cancelling does: the socket is closed, once. */
    private record GivingUp(FutureResult<StreamConnection> result, SocketChannel socket) implements Cancellable {
        @Override
        public Cancellable cancel() {
            if (result.setCancelled()) {
                IoUtils.safeClose(socket);
            }
            return this;
        }
    }

    @Override
    public void ready(SelectionKey key) {
        SocketChannel made = (SocketChannel) key.channel();
        try {
            if (made.finishConnect()) {
                done(made);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void done(SocketChannel made) {
        SocketConnection connection = new SocketConnection(loop, made);
        if (result.setResult(connection)) {
            ChannelListeners.invokeChannelListener(connection, opened);
        } else {
            IoUtils.safeClose(connection);
        }
    }

    private void failed(IOException cause) {
        IoUtils.safeClose(socket);
        result.setException(cause);
    }

    @Override
    public void abandon() {
        failed(new IOException("the event loop has ended"));
    }
}
