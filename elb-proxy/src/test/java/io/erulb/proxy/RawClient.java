package io.erulb.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client that sends bytes and reads answers, without a library that would make either nicer than it is. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** Connects to a port of this machine. */
    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /** Sends text as Latin-1. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends {@code GET path} for a host, and reads the answer. */
    public RawAnswer get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").read();
    }

    /** Reads one answer with its body. */
    public RawAnswer read() throws IOException {
        return read(false);
    }

    /** Reads one answer; to HEAD there is no body. */
    public RawAnswer read(boolean head) throws IOException {
        String fields = readHead();
        RawAnswer bare = new RawAnswer(fields, new byte[0], true);
        if (head || bare.status() < 200 || bare.status() == 204 || bare.status() == 304) {
            return bare;
        }
        if ("chunked".equalsIgnoreCase(bare.field("Transfer-Encoding"))) {
            return chunked(fields);
        }
        String length = bare.field("Content-Length");
        if (length == null) {
            return new RawAnswer(fields, in.readAllBytes(), true);
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        return new RawAnswer(fields, body, body.length == Integer.parseInt(length));
    }

    /** Reads up to the empty line. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private RawAnswer chunked(String fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = readLine();
            if (line == null) {
                return new RawAnswer(fields, body.toByteArray(), false);
            }
            int size = Integer.parseInt(line, 16);
            byte[] chunk = in.readNBytes(size);
            body.write(chunk);
            if (chunk.length < size || readLine() == null) {
                return new RawAnswer(fields, body.toByteArray(), false);
            }
            if (size == 0) {
                return new RawAnswer(fields, body.toByteArray(), true);
            }
        }
    }

    /** Reads one chunk; the last one is empty. */
    public String readChunk() throws IOException {
        String chunk = readText(Integer.parseInt(readLine(), 16));
        readLine();
        return chunk;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int b = in.read();
        while (b >= 0 && b != '\n') {
            line.append((char) b);
            b = in.read();
        }
        return b < 0 ? null : line.substring(0, line.length() - 1);
    }

    /** Reads that many bytes. */
    public String readText(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Whether the server has closed the connection, once everything before was read. */
    public boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    /** Ends this direction; answers can still be read. */
    public RawClient halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Ends the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * An answer as it came.
     *
     * @param body as Latin-1
     * @param complete whether its framing ended as it should
     */
    public record RawAnswer(String head, String body, boolean complete) {
        RawAnswer(String head, byte[] body, boolean complete) {
            this(head, new String(body, StandardCharsets.ISO_8859_1), complete);
        }

        /** The status code. */
        public int status() {
            return Integer.parseInt(head.substring(9, 12));
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

        /** The body as bytes. */
        public byte[] bytes() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
