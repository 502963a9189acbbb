package io.erulb.proxy.io;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** Takes in the connections of one listening socket on one loop. Confined to the loop. */
final class Acceptor implements EventLoop.Waiting {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");

    /** At most so many before the others of the loop get their turn. */
    private static final int MAX_ROUNDS = 64;

    /** How long no connection is taken in after that failed: descriptors may be free again by then. */
    private static final long PAUSE_MILLIS = 100;

    private static final long SAY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EventLoop loop;
    private final ServerSocketChannel server;
    private final ChannelListener<? super StreamConnection> accepted;
    private @Nullable SelectionKey key;
    private boolean everFailed;
    private long lastSaid;

    Acceptor(EventLoop loop, ServerSocketChannel server, ChannelListener<? super StreamConnection> accepted) {
        this.loop = loop;
        this.server = server;
        this.accepted = accepted;
    }

    void start() {
        try {
            key = loop.register(server, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            throw new IllegalStateException("a listening socket is closed before it is used", e);
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        takeIn(MAX_ROUNDS);
    }

    private void takeIn(int most) {
        try {
            SocketChannel socket = server.accept();
            for (int n = 1; socket != null; n++) {
                open(socket);
                socket = n < most ? server.accept() : null;
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                rest(e);
            }
        }
    }

    private void open(SocketChannel socket) throws IOException {
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException gone) {
            IoUtils.safeClose(socket);
            return;
        }
        SocketConnection connection = new SocketConnection(loop, socket);
        if (!ChannelListeners.invokeChannelListener(connection, accepted)) {
            IoUtils.safeClose(connection);
        }
    }

    /** A socket that stays ready would keep the loop busy with failing. */
    private void rest(IOException cause) {
        long now = System.nanoTime();
        if (!everFailed || now - lastSaid > SAY_AGAIN_NANOS) {
            everFailed = true;
            lastSaid = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no connection can be taken in (" + cause.getMessage() + "); trying again every " + PAUSE_MILLIS
                            + " ms");
        }
        waitFor(0);
        loop.executeAfter(() -> waitFor(SelectionKey.OP_ACCEPT), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void waitFor(int ops) {
        SelectionKey registered = key;
        if (registered != null) {
            try {
                registered.interestOps(ops);
            } catch (CancelledKeyException closed) {
                // The port was closed meanwhile.
            }
        }
    }

    /** Takes in the connections that were made already, which closing would reset, and closes the socket. */
    void stop() {
        if (server.isOpen()) {
            takeIn(Integer.MAX_VALUE);
        }
        IoUtils.safeClose(server);
    }

    @Override
    public void abandon() {
        IoUtils.safeClose(server);
    }
}
