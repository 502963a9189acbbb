package io.erulb.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** One direction of a tunnel, no faster than its receiver. Its buffer exists only while there is something in it. */
final class TunnelFlow {
    private static final int BUFFER_SIZE = 16 * 1024;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final Tunnel tunnel;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private ByteBuffer waiting;
    private boolean sourceEnded;
    private boolean done;

    TunnelFlow(Tunnel tunnel, StreamConnection from, StreamConnection to, ByteBuffer first) {
        this.tunnel = tunnel;
        this.source = from.getSourceChannel();
        this.sink = to.getSinkChannel();
        this.waiting = first;
    }

    void start() {
        source.setReadListener(ignored -> move());
        sink.setWriteListener(ignored -> move());
        move();
    }

    private void move() {
        try {
            while (!done && flushWaiting() && !sourceEnded) {
                if (!fill()) {
                    return;
                }
            }
            if (!done && sourceEnded && !waiting.hasRemaining()) {
                end();
            }
        } catch (IOException e) {
            done = true;
            tunnel.broken(e);
        }
    }

    private boolean flushWaiting() throws IOException {
        while (waiting.hasRemaining()) {
            if (sink.write(waiting) == 0) {
                source.suspendReads();
                sink.resumeWrites();
                return false;
            }
            tunnel.alive();
        }
        waiting = EMPTY;
        return true;
    }

    private boolean fill() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
        int n = source.read(buffer);
        if (n == 0) {
            sink.suspendWrites();
            source.resumeReads();
            return false;
        }
        if (n < 0) {
            sourceEnded = true;
        } else {
            tunnel.alive();
            waiting = buffer.flip();
        }
        return true;
    }

    private void end() throws IOException {
        done = true;
        source.suspendReads();
        sink.suspendWrites();
        sink.shutdownWrites();
        sink.flush();
        tunnel.ended();
    }
}
