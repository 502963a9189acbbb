package io.erulb.proxy.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Reads bytes and lines from a stream, and remembers the ones of the present message. Used by one thread. */
final class WireReader {
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_REMEMBERED = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int at;
    private int limit;

    WireReader(InputStream in) {
        this.in = in;
    }

    /** Forgets what was read: a new message begins. */
    void begin() {
        message.reset();
    }

    /** The bytes read since {@link #begin}, as Latin-1; of a long message only the first ones. */
    String message() {
        return message.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the stream ended, be it by a reset; waits for a byte when there is none. */
    boolean isAtEnd() throws IOException {
        try {
            return !fill();
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Whether bytes are there that were not read yet; does not wait. */
    boolean hasMore() throws IOException {
        return at < limit || in.available() > 0;
    }

    private boolean fill() throws IOException {
        if (at == limit) {
            int n = in.read(buffer);
            if (n < 0) {
                return false;
            }
            at = 0;
            limit = n;
        }
        return true;
    }

    /** The next byte. */
    int read() throws IOException {
        try {
            if (!fill()) {
                throw new CutException("the stream ended");
            }
        } catch (SocketException e) {
            throw new CutException("the stream broke: " + e.getMessage());
        }
        byte b = buffer[at++];
        if (message.size() < MAX_REMEMBERED) {
            message.write(b);
        }
        return b & 0xff;
    }

    /** The text up to CRLF, as Latin-1; no other CR or LF, NUL or control but HTAB may be in it. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int b = read();
        while (b != '\r') {
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                throw new MalformedException("byte " + b + " in a line: " + line);
            }
            if (line.length() == MAX_LINE) {
                throw new MalformedException("a line of more than " + MAX_LINE + " bytes");
            }
            line.append((char) b);
            b = read();
        }
        if (read() != '\n') {
            throw new MalformedException("CR without LF behind: " + line);
        }
        return line.toString();
    }

    /** Exactly so many bytes, added to others. */
    void bytes(long count, ByteArrayOutputStream into) throws IOException {
        for (long i = 0; i < count; i++) {
            into.write(read());
        }
    }

    /** All bytes up to the end of the stream; false when it did not end but broke. */
    boolean rest(ByteArrayOutputStream into) throws IOException {
        try {
            while (fill()) {
                into.write(read());
            }
            return true;
        } catch (SocketException | CutException reset) {
            return false;
        }
    }
}
