package io.erulb.proxy.health;

import io.erulb.proxy.RawServer.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server on a port of its own that can be made to fail in many ways, and be well again. */
final class FaultyServer implements AutoCloseable {
    private static final int SLOW_MILLIS = 100;

    private final String name;
    private final int port;
    private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.WELL);
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> posts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger checks = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket listener;

    /** What it does. */
    enum Mode {
        WELL,
        /** All connections are closed, and none is accepted. */
        KILLED,
        /** Connections are accepted and requests read, and nothing is answered. */
        HANGING,
        /** Every answer takes its time. */
        SLOW,
        /** A request is answered with a reset of its connection. */
        RESETTING,
        /** A request is answered with the end of the stream. */
        HALF_CLOSING,
        /** No connection is accepted; those that are there go on. */
        REFUSING,
        /** Every connection is closed after its first answer, without a word. */
        CLOSING_KEPT,
        /** Killed and back, again and again. */
        FLAPPING
    }

    FaultyServer(String name) throws IOException {
        this.name = name;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.port = listener.getLocalPort();
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** The targets of all POSTs that came. */
    Queue<String> posts() {
        return posts;
    }

    /** How many checks came. */
    int checks() {
        return checks.get();
    }

    synchronized void become(Mode next) throws IOException {
        Mode before = mode.getAndSet(next);
        if (next == Mode.FLAPPING) {
            start(this::flap);
        } else if (next == Mode.KILLED || next == Mode.REFUSING) {
            listener.close();
            if (next == Mode.KILLED) {
                closeAll();
            }
        } else if (before != Mode.WELL || listener.isClosed()) {
            // What waited for an answer gets none any more.
            if (before == Mode.HANGING) {
                closeAll();
            }
            listen();
        }
    }

    private void listen() throws IOException {
        if (listener.isClosed()) {
            listener = bound();
            start(this::accept);
        }
    }

    /** The port may be taken for a moment: by a thread that still waits for connections to the old one, say. */
    private ServerSocket bound() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            ServerSocket fresh = new ServerSocket();
            try {
                fresh.setReuseAddress(true);
                fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return fresh;
            } catch (BindException taken) {
                fresh.close();
                if (System.nanoTime() - deadline > 0) {
                    throw taken;
                }
            }
        }
    }

    private void flap() {
        try {
            while (mode.get() == Mode.FLAPPING && !over.await(20, TimeUnit.MILLISECONDS)) {
                synchronized (this) {
                    if (mode.get() == Mode.FLAPPING) {
                        if (listener.isClosed()) {
                            listen();
                        } else {
                            listener.close();
                            closeAll();
                        }
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void closeAll() throws IOException {
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            socket.close();
        }
    }

    private void accept() {
        ServerSocket mine = listener;
        try {
            while (!mine.isClosed()) {
                Socket socket = mine.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                if (mine.isClosed() && mode.get() != Mode.REFUSING) {
                    socket.close();
                }
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // It was told to.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            RawRequest request = RawRequest.read(in);
            while (request != null && answer(request, socket)) {
                request = RawRequest.read(in);
            }
        } catch (IOException | InterruptedException gone) {
            // The other side closed, or we did.
        } finally {
            sockets.remove(socket);
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(RawRequest request, Socket socket) throws IOException, InterruptedException {
        if (request.line().startsWith("POST")) {
            posts.add(request.target());
        } else if ("elb-check".equals(request.field("User-Agent"))) {
            checks.incrementAndGet();
        }
        switch (mode.get()) {
            case HANGING -> {
                over.await();
                return false;
            }
            case RESETTING -> {
                socket.setSoLinger(true, 0);
                return false;
            }
            case HALF_CLOSING -> {
                socket.shutdownOutput();
                socket.getInputStream().read();
                return false;
            }
            case SLOW -> {
                if (over.await(SLOW_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            default -> {}
        }
        String text = "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name;
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return mode.get() != Mode.CLOSING_KEPT;
    }

    @Override
    public synchronized void close() throws IOException {
        mode.set(Mode.KILLED);
        over.countDown();
        listener.close();
        closeAll();
    }
}
