import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A connection that stays open and asks again and again what is in force, through requests like anybody's. */
final class Probe implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private final Socket socket;
    private final InputStream in;

    Probe(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The body of an answer 200, and else the answer's status. */
    String get(String host, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = Messages.readHead(in);
        String body = new String(in.readNBytes((int) Messages.length(head)), StandardCharsets.UTF_8);
        return head.startsWith("HTTP/1.1 200 ") ? body.strip() : "status " + head.substring(9, 12);
    }

    /** Asks until the answer is this; answers when the first such one was here, by {@link System#nanoTime()}. */
    long await(String host, String path, String wanted, long patienceNanos) throws IOException {
        long end = System.nanoTime() + patienceNanos;
        String answer = get(host, path);
        while (!answer.equals(wanted)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(host + path + " answers " + answer + " and not " + wanted + " after "
                        + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = get(host, path);
        }
        return System.nanoTime();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
