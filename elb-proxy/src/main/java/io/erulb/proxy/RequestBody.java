package io.erulb.proxy;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/**
 * The body of a request, streamed to the server as it comes and no faster than the server takes it. The first of it is
 * remembered while the request may have to be sent again. Its end is told to the server only after the client's framing
 * ended well. Confined to the client's I/O thread.
 */
final class RequestBody implements ChannelListener<StreamSourceChannel> {
    /** A body up to this size can be sent again to another server. */
    private static final int MAX_REPLAY = 64 * 1024;

    /** So many buffers at a time, then others on this thread get their turn. */
    private static final int MAX_ROUNDS = 16;

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Forwarding forwarding;
    private final Asking asking;
    private final HttpServerExchange exchange;
    private final IoLocal io;
    private final boolean chunked;
    private final long maxLength;
    private byte @Nullable [] replay;
    private int replayLength;
    private @Nullable StreamSourceChannel source;
    private @Nullable UpstreamConnection connection;
    private long taken;
    private boolean ended;
    private boolean blocked;

    RequestBody(
            Forwarding forwarding,
            Asking asking,
            HttpServerExchange exchange,
            IoLocal io,
            ForwardingSettings settings,
            boolean kept) {
        this.forwarding = forwarding;
        this.asking = asking;
        this.exchange = exchange;
        this.io = io;
        this.chunked = exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING);
        this.maxLength = settings.maxBody();
        this.replay = kept ? new byte[0] : null;
    }

    /** Whether it goes to the server in chunks: the client did not say how long it is. */
    boolean isChunked() {
        return chunked;
    }

    /** Whether all that was taken from the client is still at hand. */
    boolean canReplay() {
        return taken == 0 || replay != null;
    }

    /** Whether the server waits for the client, not the client for the server. */
    boolean isAwaited() {
        return !ended && !blocked;
    }

    /** Sends the head and what there is of the body, then the rest as it comes. */
    void send(UpstreamConnection fresh, ByteBuffer head) throws IOException {
        connection = fresh;
        blocked = false;
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(head);
        if (replay != null && replayLength > 0) {
            addChunk(parts, ByteBuffer.wrap(replay, 0, replayLength));
        }
        pump(parts);
    }

    /** Takes nothing from the client while there is no server to give it to. */
    void pause() {
        connection = null;
        if (source != null) {
            source.suspendReads();
        }
    }

    @Override
    public void handleEvent(StreamSourceChannel ready) {
        if (connection != null && !blocked) {
            pumpOn();
        }
    }

    /** The server takes more. */
    void drained() {
        if (connection != null && blocked) {
            blocked = false;
            if (ended) {
                asking.requestSent();
            } else {
                asking.bodyMoved(true);
                pumpOn();
            }
        }
    }

    private void pumpOn() {
        try {
            pump(new ArrayList<>());
        } catch (IOException e) {
            asking.sendingFailed(e);
        }
    }

    /** Passes on all there is at present. Throws what the server's connection throws. */
    private void pump(List<ByteBuffer> parts) throws IOException {
        boolean dry = ended;
        int rounds = 0;
        do {
            ByteBuffer data = io.bodyBuffer();
            if (!ended) {
                int n = fill(data);
                if (connection == null) {
                    return;
                }
                dry = n == 0;
                ended = n < 0;
                if (data.flip().hasRemaining()) {
                    remember(data);
                    addChunk(parts, data);
                }
            }
            if (ended && chunked) {
                parts.add(ByteBuffer.wrap(LAST_CHUNK));
            }
            blocked = !write(parts);
            parts.clear();
        } while (!blocked && !ended && !dry && ++rounds < MAX_ROUNDS);
        await(dry);
    }

    private void await(boolean dry) {
        StreamSourceChannel client = source;
        if (connection == null) {
            return;
        }
        if (ended && !blocked) {
            asking.requestSent();
        } else if (client != null && !ended) {
            if (blocked) {
                client.suspendReads();
            } else if (dry) {
                client.resumeReads();
            } else {
                exchange.getIoThread().execute(() -> handleEvent(client));
            }
        }
    }

    /** Reads until the buffer is full, the client has no more at present (0) or the body ends (-1). */
    private int fill(ByteBuffer data) {
        try {
            StreamSourceChannel client = source();
            while (data.hasRemaining()) {
                int n = client.read(data);
                if (n <= 0) {
                    return n;
                }
                taken += n;
                if (taken > maxLength) {
                    forwarding.bodyTooLarge();
                    return 0;
                }
            }
            return 1;
        } catch (IOException e) {
            forwarding.clientBroke();
            return 0;
        }
    }

    private StreamSourceChannel source() throws IOException {
        StreamSourceChannel client = source;
        if (client == null) {
            client = exchange.getRequestChannel();
            if (client == null) {
                throw new IOException("the request's body was taken by someone else");
            }
            client.getReadSetter().set(this);
            source = client;
        }
        return client;
    }

    private boolean write(List<ByteBuffer> parts) throws IOException {
        UpstreamConnection current = connection;
        if (parts.isEmpty() || current == null) {
            return true;
        }
        boolean all = current.write(parts.toArray(new ByteBuffer[0]));
        asking.bodyMoved(all && !ended);
        return all;
    }

    private void addChunk(List<ByteBuffer> parts, ByteBuffer data) {
        if (chunked) {
            String size = Integer.toHexString(data.remaining()) + "\r\n";
            parts.add(ByteBuffer.wrap(size.getBytes(StandardCharsets.US_ASCII)));
            parts.add(data);
            parts.add(ByteBuffer.wrap(CRLF));
        } else {
            parts.add(data);
        }
    }

    private void remember(ByteBuffer data) {
        byte[] kept = replay;
        if (kept == null) {
            return;
        }
        int size = replayLength + data.remaining();
        if (size > MAX_REPLAY) {
            replay = null;
            return;
        }
        if (size > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(MAX_REPLAY, Math.max(size, kept.length * 2)));
            replay = kept;
        }
        data.get(data.position(), kept, replayLength, data.remaining());
        replayLength = size;
    }

    /** The server asks for the body of a request that came with {@code Expect: 100-continue}. */
    void serverContinues() {
        if (connection != null && taken == 0 && HttpContinue.requiresContinueResponse(exchange)) {
            HttpContinue.sendContinueResponse(exchange, ContinueSent.INSTANCE);
        }
    }

    /** Takes no more of the body; what is left of it is the exchange's to drain. */
    void cancel() {
        pause();
        if (source != null) {
            source.getReadSetter().set(null);
        }
    }
}
