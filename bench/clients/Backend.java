import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** The server behind: 2 bytes, or 8 MB at /big; bodies are read to their end first. */
final class Backend implements AutoCloseable {
    private static final int BIG = 8 << 20;
    private static final byte[] PART = new byte[64 << 10];
    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final AtomicBoolean closed = new AtomicBoolean();

    Backend() throws IOException {
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(null, work, "backend", 64 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!closed.get()) {
            try {
                Socket socket = listener.accept();
                start(() -> serve(socket));
            } catch (IOException e) {
                // Closed, or the other side was in a hurry.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            while (true) {
                String head = Messages.readHead(in);
                in.skipNBytes(Messages.length(head));
                answer(out, head.contains(" /big ") ? BIG : 2);
            }
        } catch (IOException gone) {
            // The proxy closed.
        }
    }

    private static void answer(OutputStream out, int length) throws IOException {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] first = Arrays.copyOf(head, head.length + Math.min(length, 1024));
        out.write(first);
        for (int left = length - (first.length - head.length); left > 0; left -= PART.length) {
            out.write(PART, 0, Math.min(left, PART.length));
        }
    }

    @Override
    public void close() throws IOException {
        closed.set(true);
        listener.close();
    }
}
