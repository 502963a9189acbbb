package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.Bytes;
import java.nio.ByteBuffer;

/**
 * Reads the head of an answer from bytes, strictly: CRLF line ends, no blank before a colon, no folding, no controls
 * (RFC 9112 2.2, 4, 5). One object serves one I/O thread.
 */
final class ResponseHeadParser {
    /** An answer's head may take this many bytes. */
    static final int MAX_HEAD = 64 * 1024;

    private static final int SHORTEST = "HTTP/1.1 200\r\n\r\n".length();

    private final ResponseHead head;
    private final byte[] bytes = new byte[MAX_HEAD];

    ResponseHeadParser(ResponseHead head) {
        this.head = head;
    }

    /**
     * Parses a head when it is there as a whole, and moves the buffer's position behind it.
     *
     * @return whether it was; if not, the buffer is as before
     * @throws BadMessageException when no continuation can make it a head
     */
    boolean parse(ByteBuffer buffer) throws BadMessageException {
        int available = Math.min(buffer.remaining(), MAX_HEAD);
        buffer.get(buffer.position(), bytes, 0, available);
        int end = end(available);
        if (end < 0) {
            checkStart(available);
            if (available == MAX_HEAD) {
                throw new BadMessageException("a head of more than " + MAX_HEAD + " bytes");
            }
            return false;
        }
        int at = statusLine();
        while (at < end - 2) {
            at = field(at);
        }
        head.end();
        buffer.position(buffer.position() + end);
        return true;
    }

    /** The offset behind the empty line, -1 when it has not come. */
    private int end(int available) {
        for (int i = SHORTEST - 1; i < available; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** A peer that does not speak HTTP is found out by its first bytes, without waiting for an empty line. */
    private void checkStart(int available) throws BadMessageException {
        byte[] expected = {'H', 'T', 'T', 'P', '/', '1', '.'};
        for (int i = 0; i < Math.min(available, expected.length); i++) {
            if (bytes[i] != expected[i]) {
                throw new BadMessageException("not an HTTP/1.x answer");
            }
        }
    }

    private int statusLine() throws BadMessageException {
        checkStart(SHORTEST);
        int minor = bytes[7] - '0';
        if ((minor != 0 && minor != 1) || bytes[8] != ' ') {
            throw new BadMessageException("not an HTTP/1.0 or HTTP/1.1 answer");
        }
        int status = digit(9) * 100 + digit(10) * 10 + digit(11);
        if (status < 100) {
            throw new BadMessageException("a status code below 100");
        }
        int at = 12;
        if (bytes[at] != ' ' && bytes[at] != '\r') {
            throw new BadMessageException("a status code that is not three digits");
        }
        while (Bytes.isValue(bytes[at])) {
            at++;
        }
        head.begin(bytes, status, minor);
        return lineEnd(at);
    }

    private int digit(int at) throws BadMessageException {
        if (bytes[at] < '0' || bytes[at] > '9') {
            throw new BadMessageException("a status code that is not three digits");
        }
        return bytes[at] - '0';
    }

    private int field(int from) throws BadMessageException {
        int colon = from;
        while (Bytes.isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || bytes[colon] != ':') {
            throw new BadMessageException("a malformed field name");
        }
        int valueFrom = colon + 1;
        while (Bytes.isBlank(bytes[valueFrom])) {
            valueFrom++;
        }
        int at = valueFrom;
        while (Bytes.isValue(bytes[at])) {
            at++;
        }
        int valueTo = at;
        while (valueTo > valueFrom && Bytes.isBlank(bytes[valueTo - 1])) {
            valueTo--;
        }
        head.field(from, colon, valueFrom, valueTo);
        return lineEnd(at);
    }

    private int lineEnd(int at) throws BadMessageException {
        if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
            throw new BadMessageException("a control character or a bare CR or LF in the head");
        }
        return at + 2;
    }
}
