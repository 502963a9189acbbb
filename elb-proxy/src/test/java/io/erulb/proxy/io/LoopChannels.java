package io.erulb.proxy.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Ways to read and write on an event loop. */
final class LoopChannels {
    /** What {@link #sizeOfRead} says of a read that failed. */
    static final int FAILED = -2;

    private LoopChannels() {}

    /** Writes as the socket takes it, and tells when it takes no more for the first time after the beginning. */
    static void write(ConduitStreamSinkChannel sink, ByteBuffer bytes, CountDownLatch full) throws IOException {
        sink.write(bytes);
        sink.setWriteListener(ignored -> {
            try {
                while (bytes.hasRemaining() && sink.write(bytes) > 0) {
                    // There is room.
                }
                if (bytes.hasRemaining()) {
                    full.countDown();
                } else {
                    sink.suspendWrites();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sink.resumeWrites();
    }

    /** Writes until something is left over, and says how much it was. */
    static int writeUntilFull(ConduitStreamSinkChannel sink) {
        try {
            int written = sink.write(ByteBuffer.allocate(1000));
            while (sink.flush()) {
                written += sink.write(ByteBuffer.allocate(1000));
            }
            return written;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads a little each time there is something, and closes at the end. */
    static void read(TlsConnection connection, CompletableFuture<byte[]> whole) {
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer bytes = ByteBuffer.allocate(1000);
        source.setReadListener(ignored -> {
            try {
                int n = source.read(bytes.clear());
                if (n < 0) {
                    IoUtils.safeClose(connection);
                    whole.complete(all.toByteArray());
                } else {
                    all.write(bytes.array(), 0, n);
                }
            } catch (IOException e) {
                IoUtils.safeClose(connection);
                whole.completeExceptionally(e);
            }
        });
        source.resumeReads();
    }

    /** Reads up to 1000 bytes. */
    static int sizeOfRead(ConduitStreamSourceChannel source) {
        try {
            return source.read(ByteBuffer.allocate(1000));
        } catch (IOException e) {
            return FAILED;
        }
    }

    /** Why a read fails, or null. */
    static IOException failureOfRead(ConduitStreamSourceChannel source) {
        try {
            source.read(ByteBuffer.allocate(10));
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
