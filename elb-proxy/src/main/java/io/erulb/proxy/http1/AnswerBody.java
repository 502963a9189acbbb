package io.erulb.proxy.http1;

import io.erulb.proxy.http1.ResponseHead.Framing;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the bytes of an answer's body from those of its framing, and knows when it ends. One object serves one
 * connection, an answer at a time.
 */
final class AnswerBody {
    private Framing framing = Framing.NONE;
    private long left;
    private @Nullable ChunkedReader chunks;
    private boolean surplus;

    void begin(ResponseHead head, boolean headRequest) {
        framing = head.framing(headRequest);
        left = head.length();
        surplus = false;
        if (framing == Framing.CHUNKED) {
            startChunks();
        }
    }

    private void startChunks() {
        ChunkedReader reader = chunks;
        if (reader == null) {
            reader = new ChunkedReader();
            chunks = reader;
        }
        reader.reset();
    }

    boolean isAbsent() {
        return framing == Framing.NONE;
    }

    boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }

    /** Whether bytes came behind the end, which nobody asked for. */
    boolean hasSurplus() {
        return surplus;
    }

    /** Narrows a buffer down to the data in it. Returns whether the body ends with them. */
    boolean take(ByteBuffer buffer) throws BadMessageException {
        return switch (framing) {
            case NONE -> {
                surplus = buffer.hasRemaining();
                yield true;
            }
            case LENGTH -> takeLength(buffer);
            case CHUNKED -> chunks != null && takeChunks(chunks, buffer);
            case UNTIL_CLOSE -> false;
        };
    }

    private boolean takeLength(ByteBuffer buffer) {
        surplus = buffer.remaining() > left;
        if (surplus) {
            buffer.limit(buffer.position() + (int) left);
        }
        left -= buffer.remaining();
        return left == 0;
    }

    /** Moves the data of all chunks in the buffer together, so that they go on in one write. */
    private boolean takeChunks(ChunkedReader reader, ByteBuffer buffer) throws BadMessageException {
        int start = buffer.position();
        int end = start;
        int run = reader.next(buffer);
        while (run > 0) {
            int from = buffer.position();
            if (from != end) {
                buffer.put(end, buffer, from, run);
            }
            end += run;
            buffer.position(from + run);
            run = reader.next(buffer);
        }
        surplus = buffer.hasRemaining();
        buffer.limit(end).position(start);
        return reader.done();
    }
}
