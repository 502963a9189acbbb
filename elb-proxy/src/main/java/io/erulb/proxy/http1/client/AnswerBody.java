package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.ChunkDecoder;
import io.erulb.proxy.http1.client.ResponseHead.Framing;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the bytes of an answer's body from those of its framing, and knows when it ends. One object serves one
 * connection, an answer at a time.
 */
final class AnswerBody {
    private Framing framing = Framing.NONE;
    private long left;
    private @Nullable ChunkDecoder chunks;
    private boolean surplus;

    void begin(ResponseHead head, boolean headRequest) {
        framing = head.framing(headRequest);
        left = head.length();
        surplus = false;
        chunks = framing == Framing.CHUNKED ? new ChunkDecoder() : null;
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
    private boolean takeChunks(ChunkDecoder decoder, ByteBuffer buffer) throws BadMessageException {
        int start = buffer.position();
        int end = start;
        decoder.decode(buffer);
        while (buffer.hasRemaining() && decoder.left() > 0) {
            int from = buffer.position();
            int run = (int) Math.min(decoder.left(), buffer.remaining());
            if (from != end) {
                buffer.put(end, buffer, from, run);
            }
            end += run;
            buffer.position(from + run);
            decoder.took(run);
            decoder.decode(buffer);
        }
        surplus = buffer.hasRemaining();
        buffer.limit(end).position(start);
        return decoder.isDone();
    }
}
