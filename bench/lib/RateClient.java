import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends small requests at a fixed rate over connections that stay open. The time of an answer counts from the moment its
 * request was due, not from when a connection was free for it: a proxy that halts for a while does not hide it by being
 * asked less. One thread sends, one reads.
 *
 * <p>{@code java RateClient PORT PATH CONNECTIONS RATE SECONDS} prints requests answered and microseconds; the first second
 * is sent but not timed.
 */
final class RateClient {
    private static final long SETTLE_SECONDS = 1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final BlockingQueue<Connection> free;
    private final Selector selector = Selector.open();
    private final ByteBuffer request;
    private final long gap;
    private final int settling;
    private final int[] micros;
    private int answered;
    private long begun;
    private long lastAnswer;
    private volatile long end = Long.MAX_VALUE;

    private RateClient(String[] args) throws IOException {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        int connections = Integer.parseInt(args[2]);
        int rate = Integer.parseInt(args[3]);
        this.request = ByteBuffer.wrap(("GET " + args[1] + " HTTP/1.1\r\nHost: bench.local\r\nUser-Agent: HTTPie/0.9.9\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        this.gap = TimeUnit.SECONDS.toNanos(1) / rate;
        this.settling = (int) SETTLE_SECONDS * rate;
        this.micros = new int[settling + Integer.parseInt(args[4]) * rate];
        this.free = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            free.add(new Connection(address, selector));
        }
    }

    public static void main(String[] args) throws Exception {
        RateClient client = new RateClient(args);
        client.begun = System.nanoTime();
        Thread reader = new Thread(client::read, "reader");
        reader.start();
        client.send();
        reader.join();
        client.report();
    }

    private void send() throws InterruptedException {
        for (int i = 0; i < micros.length; i++) {
            long due = begun + i * gap;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            Connection connection = free.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            if (connection == null) {
                break;
            }
            connection.send(request.duplicate(), due);
        }
        end = System.nanoTime() + PATIENCE_NANOS;
    }

    private void read() {
        try {
            while (answered < micros.length && end - System.nanoTime() > 0) {
                selector.select(key -> receive((Connection) key.attachment()), 100);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void receive(Connection connection) {
        if (connection.receive()) {
            lastAnswer = System.nanoTime();
            micros[answered++] = (int) TimeUnit.NANOSECONDS.toMicros(lastAnswer - connection.due);
            free.add(connection);
        }
    }

    /** Answers come in about the order of their requests, so those of the first second are the first. */
    private void report() {
        int[] timed = Arrays.copyOfRange(micros, Math.min(settling, answered), answered);
        Arrays.sort(timed);
        System.out.printf(Locale.ROOT, "requests=%d seconds=%.3f p50=%d p99=%d max=%d errors=%d%n",
                answered, Math.max(0, lastAnswer - begun) / 1e9, at(timed, 0.5), at(timed, 0.99), at(timed, 1), micros.length - answered);
    }

    private static int at(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    /** A connection is with one of the threads at a time: the queue and the socket pass it on. */
    private static final class Connection {
        private static final String LENGTH = "\r\ncontent-length:";

        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
        private volatile long due;

        Connection(InetSocketAddress address, Selector selector) throws IOException {
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        /** A broken connection is not used again, and what was sent on it stays unanswered. */
        void send(ByteBuffer request, long due) {
            this.due = due;
            try {
                channel.write(request);
            } catch (IOException e) {
                close();
            }
        }

        /** Whether the answer is here as a whole. */
        boolean receive() {
            try {
                if (channel.read(answer) < 0) {
                    close();
                    return false;
                }
            } catch (IOException e) {
                close();
                return false;
            }
            if (answer.position() < length()) {
                return false;
            }
            boolean good = text().startsWith("HTTP/1.1 200 ");
            answer.clear();
            if (!good) {
                close();
            }
            return good;
        }

        /** Head and body together; more than can ever come while the head has not ended. */
        private int length() {
            String text = text();
            int end = text.indexOf("\r\n\r\n");
            int field = text.toLowerCase(Locale.ROOT).indexOf(LENGTH);
            if (end < 0 || field < 0) {
                return Integer.MAX_VALUE;
            }
            int digits = field + LENGTH.length();
            return end + 4 + Integer.parseInt(text.substring(digits, text.indexOf('\r', digits)).trim());
        }

        private String text() {
            return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
