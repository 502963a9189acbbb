package io.erulb.proxy.http1.server;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Bytes that came and nobody has taken yet: the rest of a read behind a head, a head that is not whole, requests sent
 * ahead. They wait in the connection's extra bytes, a pooled buffer that is there only while it has bytes. Used by one
 * thread at a time.
 */
final class ReadBuffer {
    private final AbstractServerConnection connection;
    private final StreamSourceConduit socket;
    private final ByteBufferPool pool;

    ReadBuffer(AbstractServerConnection connection) {
        this.connection = connection;
        this.socket = connection.getOriginalSourceConduit();
        this.pool = connection.getByteBufferPool();
    }

    boolean isEmpty() {
        return connection.getExtraBytes() == null;
    }

    int remaining() {
        PooledByteBuffer extra = connection.getExtraBytes();
        return extra == null ? 0 : extra.getBuffer().remaining();
    }

    /** The waiting bytes; to be called only when there are some. */
    ByteBuffer bytes() {
        return connection.getExtraBytes().getBuffer();
    }

    /** Copies bytes here that will be overwritten where they are. */
    void keep(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            PooledByteBuffer pooled = pool.allocate();
            pooled.getBuffer().put(bytes).flip();
            connection.setExtraBytes(pooled);
        }
    }

    /**
     * Reads more from the socket behind the waiting bytes.
     *
     * @param capacity how many bytes may wait in all; where that is less than a pooled buffer, a pooled buffer
     * @return bytes read, 0 when there are none at present or no more may wait, -1 at the end of the stream
     */
    int fill(int capacity) throws IOException {
        PooledByteBuffer pooled = connection.getExtraBytes();
        if (pooled == null) {
            return fillFresh();
        }
        ByteBuffer buffer = pooled.getBuffer();
        buffer.compact();
        try {
            if (!buffer.hasRemaining() && buffer.capacity() < capacity) {
                buffer = grow(pooled, capacity);
            }
            return buffer.hasRemaining() ? socket.read(buffer) : 0;
        } finally {
            buffer.flip();
        }
    }

    private int fillFresh() throws IOException {
        PooledByteBuffer pooled = pool.allocate();
        int n = 0;
        try {
            n = socket.read(pooled.getBuffer());
            return n;
        } finally {
            if (n > 0) {
                pooled.getBuffer().flip();
                connection.setExtraBytes(pooled);
            } else {
                pooled.close();
            }
        }
    }

    /** The pool's buffers may be smaller than the largest head allowed. */
    private ByteBuffer grow(PooledByteBuffer full, int capacity) {
        ByteBuffer larger = ByteBuffer.allocate(capacity);
        larger.put(full.getBuffer().flip());
        connection.setExtraBytes(new ImmediatePooledByteBuffer(larger));
        full.close();
        return larger;
    }

    /** Moves waiting bytes, or else bytes from the socket, to a buffer; -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException {
        if (isEmpty()) {
            return socket.read(into);
        }
        ByteBuffer from = bytes();
        int n = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), n);
        into.position(into.position() + n);
        from.position(from.position() + n);
        releaseIfEmpty();
        return n;
    }

    /** Gives the buffer back when it has no more bytes. */
    void releaseIfEmpty() {
        connection.getExtraBytes();
    }

    void clear() {
        PooledByteBuffer extra = connection.getExtraBytes();
        if (extra != null) {
            connection.setExtraBytes(null);
            extra.close();
        }
    }
}
