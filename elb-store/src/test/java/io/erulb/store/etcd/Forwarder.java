package io.erulb.store.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
    // Guarded by this.
    private boolean cut;

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
    public void loseConnections() {
        lost.addAll(sockets);
    }

    /** Passes no answers on any more on a connection on which this text was sent; new ones work. */
    public void loseAnswersTo(String text) {
        requestToLose = text;
    }

    /** Takes new connections again after {@link #cut()}. */
    public synchronized void heal() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                closeAll();
            }
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        if (isCut()) {
            client.close();
            return;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        daemon(() -> pump(client, server));
        daemon(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (to.getPort() == target && text(buffer, read).contains(requestToLose)) {
                    lost.add(to);
                }
                if (!lost.contains(from)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            sockets.remove(from);
        }
    }

    private static String text(byte[] buffer, int length) {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    private synchronized boolean isCut() {
        return cut;
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        sockets.clear();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }
}
