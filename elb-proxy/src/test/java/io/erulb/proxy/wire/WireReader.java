package io.erulb.proxy.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads bytes and lines from a stream, and remembers the ones of the present message. Used by one thread. */
final class WireReader {
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_REMEMBERED = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[4 * 1024];
    private byte[] message = new byte[512];
    private int remembered;
    private int at;
    private int limit;
    private long read;

    WireReader(InputStream in) {
        this.in = in;
    }

    /** Forgets what was read: a new message begins. */
    void begin() {
        remembered = 0;
    }

    /** The bytes read since {@link #begin}, as Latin-1; of a long message only the first ones. */
    String message() {
        return new String(message, 0, remembered, StandardCharsets.ISO_8859_1);
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

    /** How many bytes of the stream were read, of all messages. */
    long position() {
        return read - (limit - at);
    }

    private boolean fill() throws IOException {
        if (at == limit) {
            int n = in.read(buffer);
            if (n < 0) {
                return false;
            }
            at = 0;
            limit = n;
            read += n;
        }
        return true;
    }

    /** Makes sure that a byte is there. */
    private void await() throws IOException {
        try {
            if (!fill()) {
                throw new CutException("the stream ended");
            }
        } catch (SocketException e) {
            throw new CutException("the stream broke: " + e.getMessage());
        }
    }

    /** The next byte. */
    int read() throws IOException {
        await();
        remember(1);
        return buffer[at++] & 0xff;
    }

    private void remember(int run) {
        int most = Math.min(run, MAX_REMEMBERED - remembered);
        if (remembered + most > message.length) {
            message = Arrays.copyOf(message, Math.max(2 * message.length, remembered + most));
        }
        System.arraycopy(buffer, at, message, remembered, most);
        remembered += most;
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
        for (long left = count; left > 0; ) {
            await();
            int run = (int) Math.min(left, limit - at);
            take(run, into);
            left -= run;
        }
    }

    private void take(int run, ByteArrayOutputStream into) {
        into.write(buffer, at, run);
        remember(run);
        at += run;
    }

    /** All bytes up to the end of the stream; false when it did not end but broke. */
    boolean rest(ByteArrayOutputStream into) throws IOException {
        try {
            while (fill()) {
                take(limit - at, into);
            }
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }
}
