import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What checks cost that look at nothing: the same requests at the same pace over connections that stay open, written in the order
 * in which these were made, the answers read together, and that is all. No balancer on this machine can do the same for less by
 * much, so this is what its figures are to be held against.
 */
final class BareChecks implements AutoCloseable {
    /** A sixtieth of the interval, as ELB has it. */
    private static final long TICK_NANOS = 5_000_000_000L / 60;

    /** For the answers to what was sent, so that they are read together. */
    private static final long ANSWERS_MILLIS = 2;

    private final SocketChannel[] sockets;
    private final double perNano;
    private final Selector selector = Selector.open();
    private final Thread thread = new Thread(this::run, "bare-checks");
    private volatile boolean over;

    /** Begins to check the servers on so many ports, so many of them a second. */
    BareChecks(int firstPort, int servers, double perSecond) throws IOException {
        sockets = new SocketChannel[servers];
        perNano = perSecond / 1e9;
        for (int i = 0; i < servers; i++) {
            sockets[i] = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort + i));
            sockets[i].configureBlocking(false);
            sockets[i].register(selector, SelectionKey.OP_READ);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Processor time so far. */
    double cpuMillis() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) / 1e6;
    }

    private void run() {
        ByteBuffer answer = ByteBuffer.allocateDirect(64 * 1024);
        long begun = System.nanoTime();
        long sent = 0;
        try {
            for (long tick = 1; !over; tick++) {
                long due = begun + tick * TICK_NANOS;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    selector.select(key -> read(key, answer), Math.max(1, (due - now) / 1_000_000));
                }
                for (; sent < (System.nanoTime() - begun) * perNano; sent++) {
                    send((int) (sent % sockets.length));
                }
                Thread.sleep(ANSWERS_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(int index) throws IOException {
        int port = sockets[index].socket().getPort();
        String request = "GET /ok HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUser-Agent: elb-check\r\n\r\n";
        sockets[index].write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void read(SelectionKey key, ByteBuffer answer) {
        try {
            if (((SocketChannel) key.channel()).read(answer.clear()) < 0) {
                throw new IOException("a server closed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        over = true;
        thread.join();
        selector.close();
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
