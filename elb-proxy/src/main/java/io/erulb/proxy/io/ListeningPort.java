package io.erulb.proxy.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * An address at which event loops take connections in. Where the system can spread them (SO_REUSEPORT), each loop has a
 * listening socket of its own, so that none wakes for another's connection; elsewhere all wait for the same one. To be
 * closed from any thread but a loop's.
 */
public final class ListeningPort implements AutoCloseable {
    private final InetSocketAddress address;
    private final List<Accepting> all = new ArrayList<>();

    private ListeningPort(InetSocketAddress address) {
        this.address = address;
    }

    private record Accepting(EventLoop loop, Acceptor acceptor) {}

    /** Listens, and takes connections in on these loops. */
    static ListeningPort open(
            InetSocketAddress wanted,
            int backlog,
            List<EventLoop> loops,
            ChannelListener<? super StreamConnection> accepted)
            throws IOException {
        List<ServerSocketChannel> sockets = bind(wanted, backlog, loops.size());
        ListeningPort port =
                new ListeningPort((InetSocketAddress) sockets.get(0).getLocalAddress());
        for (int i = 0; i < loops.size(); i++) {
            EventLoop loop = loops.get(i);
            Acceptor acceptor = new Acceptor(loop, sockets.get(i % sockets.size()), accepted);
            port.all.add(new Accepting(loop, acceptor));
            loop.execute(acceptor::start);
        }
        return port;
    }

    private static List<ServerSocketChannel> bind(InetSocketAddress wanted, int backlog, int loops) throws IOException {
        ServerSocketChannel alone = bind(wanted, backlog, false);
        if (loops == 1 || !alone.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            return List.of(alone);
        }
        // Bound alone first: a port that another process listens on is an error, not one to be shared with it.
        InetSocketAddress address = (InetSocketAddress) alone.getLocalAddress();
        alone.close();
        List<ServerSocketChannel> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < loops; i++) {
                sockets.add(bind(address, backlog, true));
            }
        } catch (IOException e) {
            sockets.forEach(IoUtils::safeClose);
            throw e;
        }
        return sockets;
    }

    private static ServerSocketChannel bind(InetSocketAddress address, int backlog, boolean shared) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            return socket.bind(address, backlog);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Where it listens; the port is the real one when 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops to listen; connections that were made by then are taken in and go on. */
    @Override
    public void close() {
        CountDownLatch closed = new CountDownLatch(all.size());
        for (Accepting each : all) {
            try {
                each.loop().execute(() -> {
                    each.acceptor().stop();
                    closed.countDown();
                });
            } catch (RejectedExecutionException ended) {
                closed.countDown();
            }
        }
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
