import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that sends GET and reads whole answers. */
final class Client implements AutoCloseable {
    private final Socket socket;

    Client(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
    }

    /** Waits so long for bytes at most. */
    Client patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    /** Sends a request without a body; returns the status of the answer. */
    int get(String target) throws IOException {
        send("GET " + target + " HTTP/1.1\r\nHost: probe.test\r\n\r\n");
        return status();
    }

    /** Sends a request with a body of a length; returns the status of the answer. */
    int post(String target, int length) throws IOException {
        send("POST " + target + " HTTP/1.1\r\nHost: probe.test\r\nContent-Length: " + length + "\r\n\r\n");
        socket.getOutputStream().write(new byte[length]);
        return status();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private int status() throws IOException {
        InputStream in = socket.getInputStream();
        String head = Messages.readHead(in);
        in.skipNBytes(Messages.length(head));
        return Integer.parseInt(head.substring(9, 12));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
