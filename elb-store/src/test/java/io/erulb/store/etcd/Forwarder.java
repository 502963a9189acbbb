package io.erulb.store.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on to a port of the loopback, until it is told to cut or to lose them. */
public final class Forwarder implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
    // Written by the test, read by the threads that pass bytes on; at first what no request holds.
    private volatile String requestToLose = "\0no such request\0";
    // Both guarded by this.
    private boolean cut;
    private boolean swallowing;

    private Forwarder(int target) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
    }

    /** Starts one on a free port. */
    public static Forwarder to(int port) throws IOException {
        Forwarder forwarder = new Forwarder(port);
        daemon(forwarder::accept);
        return forwarder;
    }

    /** Returns where it listens: {@code 127.0.0.1:port}. */
    public String endpoint() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Closes all connections, and each new one at once. */
    public synchronized void cut() {
        cut = true;
        closeAll();
    }

    /** Passes nothing on any more on the connections of now; new ones work. */
    public synchronized void loseConnections() {
        lost.addAll(sockets);
    }

    /** Takes connections and passes nothing on, on these and those of now; they stay lost when it is healed. */
    public synchronized void swallow() {
        swallowing = true;
        loseConnections();
    }

    /** Passes no answers on any more on a connection on which this text was sent; new ones work. */
    public void loseAnswersTo(String text) {
        requestToLose = text;
    }

    /** New connections work again, after {@link #cut()} or {@link #swallow()}. */
    public synchronized void heal() {
        cut = false;
        swallowing = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                take(listener.accept());
            } catch (IOException closed) {
                closeAll();
            }
        }
    }

    private synchronized void take(Socket client) throws IOException {
        if (cut) {
            client.close();
        } else if (swallowing) {
            sockets.add(client);
        } else {
            connect(client);
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.addAll(List.of(client, server));
            daemon(() -> pump(client, server));
            daemon(() -> pump(server, client));
        } catch (IOException refused) {
            client.close();
        }
    }

    /** Nobody hears of the end of a lost connection. */
    private void pump(Socket from, Socket to) {
        try (from) {
            passOn(from, to);
        } catch (IOException ended) {
            // One end of the connection is gone, or a cut closed it.
        }
        sockets.remove(from);
        if (!lost.remove(from)) {
            close(to);
        }
    }

    private void passOn(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        InputStream in = from.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (to.getPort() == target && text(buffer, read).contains(requestToLose)) {
                lost.add(to);
            }
            if (!lost.contains(from)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        }
    }

    private static String text(byte[] buffer, int length) {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void closeAll() {
        sockets.forEach(Forwarder::close);
        sockets.clear();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }
}
