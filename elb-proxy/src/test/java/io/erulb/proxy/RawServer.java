package io.erulb.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream server that answers with bytes of the test's choosing and records every request, byte by byte. Each
 * connection has a thread of its own.
 */
public class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<RawRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch firstRequest = new CountDownLatch(1);
    private final Script script;

    /** What to do with one request. */
    @FunctionalInterface
    public interface Script {
        /** Writes the answer; closing the socket's streams ends the connection. */
        void answer(RawRequest request, Exchange exchange) throws IOException;
    }

    /** One connection's two directions, as far as a script needs them. */
    public record Exchange(Socket socket, InputStream in, OutputStream out, int connection) {
        /** Sends text as Latin-1. */
        public void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Sends a whole 200 answer. */
        public void ok(String body) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    private RawServer(Script script) throws IOException {
        this(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), script);
    }

    private RawServer(ServerSocket listener, Script script) {
        this.script = script;
        this.listener = listener;
        start(this::accept);
    }

    /** A server that follows a script. */
    public static RawServer start(Script script) throws IOException {
        return new RawServer(script);
    }

    /** A server that follows a script on the sockets of a listener, such as one of TLS. */
    public static RawServer start(ServerSocket listener, Script script) {
        return new RawServer(listener, script);
    }

    /** A server that answers 200 with its name. */
    public static RawServer named(String name) throws IOException {
        return start((request, exchange) -> exchange.ok(name));
    }

    /** A server that closes each connection as soon as it has the first byte of a request. */
    public static RawServer startRude() throws IOException {
        return new RawServer((request, exchange) -> {}) {
            @Override
            void serve(Socket socket, int number) {
                try (socket) {
                    socket.getInputStream().read();
                } catch (IOException gone) {
                    // As rude as we are.
                }
            }
        };
    }

    /** A server that says the same to each connection, whatever the first byte that comes. */
    public static RawServer saying(String text) throws IOException {
        return new RawServer((request, exchange) -> {}) {
            @Override
            void serve(Socket socket, int number) {
                try {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException gone) {
                    // The other side closed, or the test ended.
                }
            }
        };
    }

    /** A server that accepts connections and reads nothing. */
    public static RawServer deaf() throws IOException {
        return new RawServer((request, exchange) -> {}) {
            @Override
            void serve(Socket socket, int number) {
                // Stays open until the server is closed.
            }
        };
    }

    /** A port that nothing listens on. */
    public static int unusedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                if (listener.isClosed()) {
                    // A thread that waits for connections may be given one more while it is told to stop.
                    socket.close();
                    return;
                }
                int number = connections.incrementAndGet();
                start(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            RawRequest request = RawRequest.read(in);
            while (request != null) {
                requests.add(request);
                firstRequest.countDown();
                script.answer(request, new Exchange(socket, in, out, number));
                request = socket.isClosed() ? null : RawRequest.read(in);
            }
        } catch (IOException gone) {
            // The other side closed, or the test ended.
        }
    }

    /** Requests received so far, in order of arrival. */
    public List<RawRequest> requests() {
        return requests;
    }

    /** The only or last request received. */
    public RawRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    /** Waits until a request has come. */
    public void awaitRequest() throws InterruptedException {
        firstRequest.await();
    }

    /** How many connections were accepted. */
    public int connections() {
        return connections.get();
    }

    /** The port it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Host and port, as in configuration. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Closes every open connection, but listens on. */
    public void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }

    /** A request as it came, its body as Latin-1. */
    public record RawRequest(String head, String text) {
        /** Reads one; null at the end of the stream. */
        public static RawRequest read(InputStream in) throws IOException {
            String head = readHead(in);
            if (head == null) {
                return null;
            }
            RawRequest bare = new RawRequest(head, "");
            if (bare.field("Expect") != null) {
                return bare;
            }
            return new RawRequest(head, new String(bare.readBody(in), StandardCharsets.ISO_8859_1));
        }

        private static String readHead(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int end = 0;
            while (end < 4) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                head.write(b);
                end = b == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : b == '\r' ? 1 : 0;
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        /** Reads the body as the head frames it, strictly. */
        public byte[] readBody(InputStream in) throws IOException {
            if ("chunked".equals(field("Transfer-Encoding"))) {
                return readChunks(in);
            }
            String length = field("Content-Length");
            return length == null ? new byte[0] : exactly(in, Integer.parseInt(length));
        }

        private static byte[] readChunks(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                StringBuilder line = new StringBuilder();
                while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
                    int b = in.read();
                    if (b < 0) {
                        throw new IOException("a cut chunk");
                    }
                    line.append((char) b);
                }
                int size = Integer.parseInt(line.substring(0, line.length() - 2), 16);
                body.write(exactly(in, size));
                if (!new String(exactly(in, 2), StandardCharsets.ISO_8859_1).equals("\r\n")) {
                    throw new IOException("a chunk that does not end");
                }
                if (size == 0) {
                    return body.toByteArray();
                }
            }
        }

        private static byte[] exactly(InputStream in, int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("a cut body");
            }
            return bytes;
        }

        /** The request line. */
        public String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        /** The target of the request line. */
        public String target() {
            return line().split(" ", -1)[1];
        }

        /** The first field of a name, ignoring case, or null. */
        public String field(String name) {
            List<String> values = fields(name);
            return values.isEmpty() ? null : values.get(0);
        }

        /** All fields of a name. */
        public List<String> fields(String name) {
            return head.lines()
                    .skip(1)
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .toList();
        }
    }
}
