package io.erulb.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection, with what goes over it written out; either end. */
final class Wire implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout(10_000);
    }

    static Wire to(String host, int port) throws IOException {
        return new Wire(new Socket(host, port));
    }

    Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends GET for a target of 127.0.0.1 and reads the answer. */
    Message get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").read();
    }

    /** A request or an answer, with its body where it says how long that is. */
    Message read() throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < 4 || !read.substring(read.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) b);
        }
        String head = read.toString();
        Matcher length = LENGTH.matcher(head);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return new Message(head, new String(body, StandardCharsets.ISO_8859_1));
    }

    /** Whether the other end says no more; waits for it. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Message(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }
    }
}
