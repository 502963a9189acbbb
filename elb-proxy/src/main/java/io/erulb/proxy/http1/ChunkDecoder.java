package io.erulb.proxy.http1;

import java.nio.ByteBuffer;

/**
 * What stands between the data of a chunked body, strictly (RFC 9112 7.1): sizes of hexadecimal digits, well-formed
 * extensions, CRLF line ends, well-formed trailers. Extensions and trailers are bounded and dropped. Used by one thread
 * at a time.
 */
public final class ChunkDecoder {
    private static final int MAX_DIGITS = 16;
    private static final int MAX_EXTENSIONS = 4096;
    private static final int MAX_TRAILERS = 16 * 1024;

    private enum State {
        SIZE,
        EXTENSION_BLANK,
        EXTENSION_NAME_START,
        EXTENSION_NAME,
        EXTENSION_NAME_END,
        EXTENSION_VALUE_START,
        EXTENSION_VALUE,
        EXTENSION_QUOTED,
        EXTENSION_ESCAPED,
        EXTENSION_END,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF,
        DONE
    }

    private State state = State.SIZE;
    private long left;
    private int digits;
    private int overhead;

    /** Whether the byte of an extension before was a blank. */
    private boolean blank;

    /** Whether the last chunk and the trailers were read. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** Bytes of the present chunk's data that are still to come; 0 outside of data. */
    public long left() {
        return state == State.DATA ? left : 0;
    }

    /** So many bytes of data were taken. */
    public void took(int bytes) {
        left -= bytes;
        if (left == 0) {
            state = State.DATA_CR;
        }
    }

    /** Reads on until data begins, the body is done or the bytes are used up. */
    public void decode(ByteBuffer bytes) throws BadMessageException {
        while (bytes.hasRemaining() && state != State.DATA && state != State.DONE) {
            step(bytes.get());
        }
    }

    private void step(byte b) throws BadMessageException {
        switch (state) {
            case SIZE -> size(b);
            case SIZE_LF -> {
                expect(b, '\n', left == 0 ? State.TRAILER_START : State.DATA);
                overhead = 0;
            }
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> {
                expect(b, '\n', State.SIZE);
                digits = 0;
                left = 0;
            }
            case LAST_LF -> expect(b, '\n', State.DONE);
            case TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> trailer(b);
            default -> extension(b);
        }
    }

    private void size(byte b) throws BadMessageException {
        int digit = Bytes.hex(b);
        if (digit >= 0) {
            if (++digits > MAX_DIGITS || left >>> 59 != 0) {
                throw new BadMessageException("a chunk size that is too large");
            }
            left = (left << 4) + digit;
        } else if (digits == 0) {
            throw new BadMessageException("a chunk without a size");
        } else {
            afterSize(b);
        }
    }

    /** A line of a chunk's size ends, or an extension begins. */
    private void afterSize(byte b) throws BadMessageException {
        switch (b) {
            case '\r' -> state = State.SIZE_LF;
            case ';' -> state = State.EXTENSION_NAME_START;
            default -> {
                // A blank before the semicolon is bad whitespace that a recipient must take (RFC 9110 5.6.3).
                if (!Bytes.isBlank(b)) {
                    throw new BadMessageException("a malformed chunk size");
                }
                state = State.EXTENSION_BLANK;
            }
        }
    }

    private void extension(byte b) throws BadMessageException {
        if (++overhead > MAX_EXTENSIONS) {
            throw new BadMessageException("chunk extensions of more than " + MAX_EXTENSIONS + " bytes");
        }
        switch (state) {
            case EXTENSION_BLANK -> {
                if (b == ';') {
                    state = State.EXTENSION_NAME_START;
                } else if (!Bytes.isBlank(b)) {
                    throw malformedExtension();
                }
            }
            case EXTENSION_NAME_START -> start(b, State.EXTENSION_NAME);
            case EXTENSION_NAME -> word(b, State.EXTENSION_NAME_END);
            case EXTENSION_NAME_END -> between(b);
            case EXTENSION_VALUE_START -> {
                if (b == '"') {
                    state = State.EXTENSION_QUOTED;
                } else {
                    start(b, State.EXTENSION_VALUE);
                }
            }
            case EXTENSION_VALUE -> word(b, State.EXTENSION_END);
            case EXTENSION_END -> afterValue(b);
            default -> quoted(b);
        }
        blank = Bytes.isBlank(b);
    }

    private void start(byte b, State word) throws BadMessageException {
        if (Bytes.isToken(b)) {
            state = word;
        } else if (!Bytes.isBlank(b)) {
            throw malformedExtension();
        }
    }

    private void word(byte b, State end) throws BadMessageException {
        if (!Bytes.isToken(b)) {
            state = end;
            if (end == State.EXTENSION_END) {
                afterValue(b);
            } else {
                between(b);
            }
        }
    }

    private void between(byte b) throws BadMessageException {
        if (b == '=') {
            state = State.EXTENSION_VALUE_START;
        } else {
            afterValue(b);
        }
    }

    private void afterValue(byte b) throws BadMessageException {
        if (b == ';') {
            state = State.EXTENSION_NAME_START;
        } else if (b == '\r' && !blank) {
            state = State.SIZE_LF;
        } else if (!Bytes.isBlank(b)) {
            throw malformedExtension();
        }
    }

    private void quoted(byte b) throws BadMessageException {
        if (!Bytes.isValue(b)) {
            throw malformedExtension();
        }
        if (state == State.EXTENSION_ESCAPED) {
            state = State.EXTENSION_QUOTED;
        } else if (b == '\\') {
            state = State.EXTENSION_ESCAPED;
        } else if (b == '"') {
            state = State.EXTENSION_END;
        }
    }

    private static BadMessageException malformedExtension() {
        return new BadMessageException("a malformed chunk extension");
    }

    private void trailer(byte b) throws BadMessageException {
        if (++overhead > MAX_TRAILERS) {
            throw new BadMessageException("trailers of more than " + MAX_TRAILERS + " bytes");
        }
        switch (state) {
            case TRAILER_START -> {
                if (b == '\r') {
                    state = State.LAST_LF;
                } else {
                    name(b);
                    state = State.TRAILER_NAME;
                }
            }
            case TRAILER_NAME -> {
                if (b == ':') {
                    state = State.TRAILER_VALUE;
                } else {
                    name(b);
                }
            }
            case TRAILER_VALUE -> {
                if (b == '\r') {
                    state = State.TRAILER_LF;
                } else if (!Bytes.isValue(b)) {
                    throw new BadMessageException("a malformed trailer");
                }
            }
            default -> expect(b, '\n', State.TRAILER_START);
        }
    }

    private static void name(byte b) throws BadMessageException {
        if (!Bytes.isToken(b)) {
            throw new BadMessageException("a malformed trailer name");
        }
    }

    private void expect(byte b, char wanted, State next) throws BadMessageException {
        if (b != wanted) {
            throw new BadMessageException("a chunk or trailer that does not end with CRLF");
        }
        state = next;
    }
}
