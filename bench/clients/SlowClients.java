import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** 200 heads at two bytes a second, 100 bodies that stop, 30 readers of 8 MB at 40 kB/s. */
final class SlowClients implements AutoCloseable {
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: slow.test\r\nX-Slow: ";
    private final int port;
    private final List<Socket> heads = new ArrayList<>();
    private final List<Socket> bodies = new ArrayList<>();
    private final List<Socket> readers = new ArrayList<>();
    private final ScheduledExecutorService steps = Executors.newSingleThreadScheduledExecutor();
    private int step;

    SlowClients(int port) {
        this.port = port;
    }

    /** Opens all within two seconds; all at once would measure how fast 30 x 8 MB go through this machine. */
    void openAll() throws Exception {
        for (int i = 0; i < 200; i++) {
            heads.add(open(HEAD));
            if (i % 2 == 0) {
                bodies.add(open("PUT /upload HTTP/1.1\r\nHost: slow.test\r\nContent-Length: 1000000\r\n\r\n"));
                bodies.get(i / 2).getOutputStream().write(new byte[60_000]);
            }
            if (i % 6 == 0 && readers.size() < 30) {
                readers.add(open("GET /big HTTP/1.1\r\nHost: slow.test\r\n\r\n"));
            }
            Thread.sleep(10);
        }
        steps.scheduleAtFixedRate(this::step, 200, 200, TimeUnit.MILLISECONDS);
    }

    private Socket open(String start) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void step() {
        try {
            step++;
            for (Socket reader : readers) {
                reader.getInputStream().readNBytes(8 * 1024);
            }
            for (int i = 0; i < heads.size(); i++) {
                // Begun anew before the time for a head is over.
                if (step % 45 == 0) {
                    heads.get(i).close();
                    heads.set(i, open(HEAD));
                } else if (step % 3 == 0) {
                    heads.get(i).getOutputStream().write('x');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many the server still has to do with: without an answer, or with more of it to read. */
    int held() throws Exception {
        steps.shutdown();
        steps.awaitTermination(5, TimeUnit.SECONDS);
        int held = 0;
        for (Socket socket : Stream.concat(heads.stream(), bodies.stream()).toList()) {
            held += isOpen(socket) ? 1 : 0;
        }
        for (Socket socket : readers) {
            held += socket.getInputStream().available() > 0 ? 1 : 0;
        }
        return held;
    }

    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        steps.shutdownNow();
        for (Socket socket :
                Stream.of(heads, bodies, readers).flatMap(List::stream).toList()) {
            socket.close();
        }
    }
}
