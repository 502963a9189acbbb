package io.erulb.proxy.http1;

import java.nio.ByteBuffer;

/**
 * Takes chunked coding off an answer's bytes in place, strictly (RFC 9112 7.1): sizes in hex without sign or blank, CRLF
 * line ends, well-formed extensions and trailers, which are dropped. Confined to one thread; reused by {@link #reset}.
 */
final class ChunkedReader {
    private static final int MAX_LINE = 4096;
    private static final int MAX_TRAILERS = 32 * 1024;

    private enum State {
        SIZE,
        EXTENSION,
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

    void reset() {
        state = State.SIZE;
        left = 0;
        digits = 0;
        overhead = 0;
    }

    /** Whether the last chunk and the trailers' end were read. */
    boolean done() {
        return state == State.DONE;
    }

    /**
     * Moves {@code buffer} to the next run of data and returns its length, 0 when more bytes are needed or the body is
     * done. The caller takes that many bytes from the buffer before it calls again.
     */
    int next(ByteBuffer buffer) throws BadMessageException {
        while (buffer.hasRemaining() && state != State.DONE) {
            if (state == State.DATA) {
                int run = (int) Math.min(left, buffer.remaining());
                left -= run;
                if (left == 0) {
                    state = State.DATA_CR;
                }
                return run;
            }
            step(buffer.get());
        }
        return 0;
    }

    private void step(byte b) throws BadMessageException {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> {
                expect(b, '\n', left == 0 ? State.TRAILER_START : State.DATA);
                overhead = 0;
            }
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> {
                expect(b, '\n', State.SIZE);
                digits = 0;
            }
            case LAST_LF -> expect(b, '\n', State.DONE);
            default -> trailer(b);
        }
    }

    private void size(byte b) throws BadMessageException {
        int digit = Grammar.hex(b);
        if (digit >= 0) {
            if (++digits > 15) {
                throw new BadMessageException("a chunk size of more than 15 digits");
            }
            left = (digits == 1 ? 0 : left << 4) + digit;
        } else if (digits == 0) {
            throw new BadMessageException("a chunk without a size");
        } else if (b == '\r') {
            state = State.SIZE_LF;
        } else if (b == ';') {
            state = State.EXTENSION;
        } else {
            throw new BadMessageException("a malformed chunk size");
        }
    }

    private void extension(byte b) throws BadMessageException {
        if (b == '\r') {
            state = State.SIZE_LF;
        } else if (!Grammar.isValue(b) || ++overhead > MAX_LINE) {
            throw new BadMessageException("a malformed or overlong chunk extension");
        }
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
                    token(b);
                    state = State.TRAILER_NAME;
                }
            }
            case TRAILER_NAME -> {
                if (b == ':') {
                    state = State.TRAILER_VALUE;
                } else {
                    token(b);
                }
            }
            case TRAILER_VALUE -> {
                if (b == '\r') {
                    state = State.TRAILER_LF;
                } else if (!Grammar.isValue(b)) {
                    throw new BadMessageException("a malformed trailer");
                }
            }
            default -> expect(b, '\n', State.TRAILER_START);
        }
    }

    private static void token(byte b) throws BadMessageException {
        if (!Grammar.isToken(b)) {
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
