package io.erulb.proxy.http1.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** The sending side of a connection: what the socket does not take at once is kept and sent when it does. */
final class Outbox {
    private final ConduitStreamSinkChannel sink;
    private @Nullable ByteBuffer unsent;
    private boolean anySent;

    Outbox(ConduitStreamSinkChannel sink) {
        this.sink = sink;
    }

    /** Forgets that anything was sent. */
    void begin() {
        anySent = false;
    }

    /** Whether a byte went out since {@link #begin}. */
    boolean anySent() {
        return anySent;
    }

    boolean isEmpty() {
        return unsent == null;
    }

    /** Sends bytes, or keeps those that can't be sent now. Returns whether all went out. */
    boolean write(ByteBuffer... parts) throws IOException {
        long remaining = 0;
        for (ByteBuffer part : parts) {
            remaining += part.remaining();
        }
        while (remaining > 0) {
            long n = parts.length == 1 ? sink.write(parts[0]) : sink.write(parts, 0, parts.length);
            if (n == 0) {
                keep(parts, (int) remaining);
                return false;
            }
            anySent = true;
            remaining -= n;
        }
        return true;
    }

    private void keep(ByteBuffer[] parts, int remaining) {
        ByteBuffer kept = ByteBuffer.allocate(remaining);
        for (ByteBuffer part : parts) {
            kept.put(part);
        }
        unsent = kept.flip();
        sink.resumeWrites();
    }

    /** Sends what was kept, as the socket is writable. Returns whether all of it went out. */
    boolean flush() throws IOException {
        ByteBuffer kept = unsent;
        while (kept != null && kept.hasRemaining()) {
            if (sink.write(kept) == 0) {
                return false;
            }
        }
        unsent = null;
        sink.suspendWrites();
        return true;
    }
}
