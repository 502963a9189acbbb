package io.erulb.proxy.wire;

import io.erulb.proxy.wire.Received.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port of this machine that takes down every request it receives, judged by
 * {@link StrictRequestParser}, and answers by a script. Each connection has a thread of its own. Safe for use by many
 * threads.
 */
public final class RecordingUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final Collection<Socket> open = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new ArrayList<>();
    private int accepted;
    private int ended;
    private volatile Script script;

    /** What to do about one request, whose head has come. */
    @FunctionalInterface
    public interface Script {
        /** Answers; called in the connection's thread. What is left of the body is read afterwards. */
        void answer(Exchange exchange) throws IOException;
    }

    private RecordingUpstream(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** A server that follows a script. */
    public static RecordingUpstream start(Script script) throws IOException {
        return new RecordingUpstream(script);
    }

    /** Follows another script from the next request on. */
    public void follow(Script next) {
        script = next;
    }

    /** Reads the whole request, and answers 200 with its target as the body. */
    public static void echoTarget(Exchange exchange) throws IOException {
        exchange.ok(exchange.request().target());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "recording-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                int number = nextNumber();
                start(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private synchronized int nextNumber() {
        return ++accepted;
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            Exchange exchange = new Exchange(socket, number);
            while (exchange.begin()) {
                script.answer(exchange);
                exchange.request();
            }
        } catch (MalformedException | CutException recorded) {
            // Taken down where it was found.
        } catch (IOException gone) {
            // The other side closed, or the script did.
        } finally {
            open.remove(socket);
            oneEnded();
        }
    }

    private synchronized void oneEnded() {
        ended++;
        notifyAll();
    }

    private synchronized void record(Received one) {
        received.add(one);
        notifyAll();
    }

    /** What was received so far, in order of arrival. */
    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    /** Forgets what was received. */
    public synchronized void forget() {
        received.clear();
    }

    /** How many connections were accepted. */
    public synchronized int connections() {
        return accepted;
    }

    /** How many connections are open. */
    public synchronized int openConnections() {
        return accepted - ended;
    }

    /** Waits until so many requests were received, whole or not; returns whether they were, in time. */
    public boolean awaitReceived(int count, Duration atMost) throws InterruptedException {
        return await(() -> received.size() >= count, atMost);
    }

    /** Waits until no connection is open; returns whether that came, in time. */
    public boolean awaitAllClosed(Duration atMost) throws InterruptedException {
        return await(() -> accepted == ended, atMost);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Host and port, as in configuration. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Closes every open connection, but listens on. */
    public void closeConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }

    /** One request and its answer. Used in the connection's thread. */
    public final class Exchange {
        private final Socket socket;
        private final int connection;
        private final StrictRequestParser parser;
        private final OutputStream out;
        private @Nullable WireRequest head;
        private @Nullable WireRequest whole;
        private boolean answered;

        Exchange(Socket socket, int connection) throws IOException {
            this.socket = socket;
            this.connection = connection;
            this.parser = new StrictRequestParser(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        boolean begin() throws IOException {
            whole = null;
            head = null;
            answered = false;
            head = judged(parser::head);
            return head != null;
        }

        private @Nullable WireRequest judged(Read read) throws IOException {
            try {
                return read.next();
            } catch (MalformedException e) {
                note(State.MALFORMED, head, e.getMessage());
                throw e;
            } catch (CutException e) {
                note(State.CUT, head, e.getMessage());
                throw e;
            }
        }

        private void note(State state, @Nullable WireRequest request, @Nullable String why) {
            if (!socket.isClosed()) {
                record(new Received(connection, state, request, parser.raw(), String.valueOf(why)));
            }
        }

        /** The request without its body. */
        public WireRequest head() {
            if (head == null) {
                throw new IllegalStateException("no request has begun");
            }
            return head;
        }

        /**
         * The whole request. Its body is read and it is taken down by the first call.
         *
         * @throws MalformedException when its body is malformed
         * @throws CutException when its body is cut
         */
        public WireRequest request() throws IOException {
            WireRequest known = whole;
            if (known == null) {
                WireRequest begun = head();
                known = judged(() -> parser.body(begun));
                if (known == null) {
                    throw new IllegalStateException("a body without a request");
                }
                whole = known;
                note(State.WHOLE, known, "");
                refuseSurplus();
            }
            return known;
        }

        /** Nobody may send a second request before the first one is answered, as the proxy does not pipeline. */
        private void refuseSurplus() throws IOException {
            if (!answered && parser.hasMore()) {
                String why = "bytes behind a request that was not answered yet";
                note(State.MALFORMED, null, why);
                throw new MalformedException(why);
            }
        }

        /** Reads exactly so many bytes of a protocol that was switched to, as Latin-1. */
        public String bytes(int count) throws IOException {
            return parser.bytes(count);
        }

        /** Whether the proxy has ended its direction; waits for a byte or the end. */
        public boolean isEnded() throws IOException {
            return parser.isAtEnd();
        }

        /** The number of the connection, from 1. */
        public int connection() {
            return connection;
        }

        /** Sends text as Latin-1. */
        public void send(String text) throws IOException {
            answered = true;
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Sends a whole 200 answer. */
        public void ok(String body) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Ends the connection behind what was sent. */
        public void close() throws IOException {
            socket.close();
        }

        /** Ends this direction only. */
        public void halfClose() throws IOException {
            socket.shutdownOutput();
        }

        /** Ends the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private interface Read {
        @Nullable
        WireRequest next() throws IOException;
    }
}
