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
    private static final int MAX_AT_ONCE = 64;

    /** More than wait for a port at a time: closing it ends even while clients keep coming. */
    private static final int MAX_AT_THE_END = 64 * 1024;

    /** How long no connection is taken in after that failed: descriptors may be free again by then. */
    private static final long PAUSE_MILLIS = 100;

    private final EventLoop loop;
    private final ServerSocketChannel server;
    private final ChannelListener<? super StreamConnection> accepted;
    private @Nullable SelectionKey key;
    private boolean resting;

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
        takeIn(MAX_AT_ONCE);
    }

    private void takeIn(int most) {
        try {
            boolean more = true;
            for (int n = 0; more && n < most; n++) {
                SocketChannel socket = server.accept();
                more = socket != null;
                if (more) {
                    open(socket);
                } else {
                    nobodyWaits();
                }
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
        if (!resting) {
            resting = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no connection can be taken in (" + cause.getMessage() + "); trying again every " + PAUSE_MILLIS
                            + " ms. With too many open files, raise the limit of descriptors (ulimit -n)");
        }
        waitFor(0);
        loop.executeAfter(() -> waitFor(SelectionKey.OP_ACCEPT), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void nobodyWaits() {
        if (resting) {
            resting = false;
            LOG.log(System.Logger.Level.INFO, "connections are taken in again");
        }
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
            takeIn(MAX_AT_THE_END);
        }
        IoUtils.safeClose(server);
    }

    @Override
    public void abandon() {
        IoUtils.safeClose(server);
    }
}
