package io.erulb.proxy.http1.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSinkConduit;

/** A range of an array of buffers: data a handler wants sent. */
final class Run {
    private final ByteBuffer[] buffers;
    private final int offset;
    private final int length;

    Run(ByteBuffer[] buffers, int offset, int length) {
        this.buffers = buffers;
        this.offset = offset;
        this.length = length;
    }

    long remaining() {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += buffers[i].remaining();
        }
        return sum;
    }

    long discard() {
        long sum = remaining();
        for (int i = offset; i < offset + length; i++) {
            buffers[i].position(buffers[i].limit());
        }
        return sum;
    }

    void moveTo(HeadBytes bytes) {
        for (int i = offset; i < offset + length; i++) {
            bytes.put(buffers[i]);
        }
    }

    /** Writes what goes before, up to so many bytes of the data and what goes behind, with one call. */
    void gather(StreamSinkConduit sink, ResponseFrames frames, ByteBuffer front, long allowed, ByteBuffer tail)
            throws IOException {
        if (length == 1 && !front.hasRemaining() && !tail.hasRemaining() && allowed == buffers[offset].remaining()) {
            sink.write(buffers[offset]);
            return;
        }
        ByteBuffer[] parts = frames.parts(length + 2);
        parts[0] = front;
        int count = 1;
        long left = allowed;
        int cutLimit = -1;
        for (int i = offset; i < offset + length && left > 0; i++) {
            ByteBuffer part = buffers[i];
            parts[count++] = part;
            if (part.remaining() > left) {
                cutLimit = part.limit();
                part.limit(part.position() + (int) left);
            }
            left -= part.remaining();
        }
        ByteBuffer lastPart = parts[count - 1];
        parts[count++] = tail;
        try {
            sink.write(parts, 0, count);
        } finally {
            if (cutLimit >= 0) {
                lastPart.limit(cutLimit);
            }
        }
    }
}
