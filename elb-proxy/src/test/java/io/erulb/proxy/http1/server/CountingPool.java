package io.erulb.proxy.http1.server;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pool that knows which of its buffers are out and who took them, and overwrites what it gets back, so that whoever
 * reads on in a buffer that is no longer his reads nonsense.
 */
public final class CountingPool implements ByteBufferPool {
    private final ByteBufferPool pool;
    private final byte[] nonsense;
    private final Set<Counted> out = ConcurrentHashMap.newKeySet();

    /** A pool of direct buffers of so many bytes. */
    public CountingPool(int bufferSize) {
        pool = new DefaultByteBufferPool(true, bufferSize);
        nonsense = new byte[bufferSize];
        Arrays.fill(nonsense, (byte) 1);
    }

    /** How many buffers were taken and not given back. */
    public int out() {
        return out.size();
    }

    /** Where the buffers that are out were taken, one trace each. */
    public List<Throwable> takers() {
        return out.stream().map(buffer -> buffer.taken).toList();
    }

    @Override
    public PooledByteBuffer allocate() {
        Counted buffer = new Counted(pool.allocate());
        out.add(buffer);
        return buffer;
    }

    private final class Counted implements PooledByteBuffer {
        private final PooledByteBuffer buffer;
        private final Throwable taken = new Throwable("a buffer was taken here and not given back");
        private final AtomicBoolean closed = new AtomicBoolean();

        Counted(PooledByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getBuffer() {
            return buffer.getBuffer();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                buffer.getBuffer().clear().put(nonsense);
                out.remove(this);
                buffer.close();
            }
        }

        @Override
        public boolean isOpen() {
            return buffer.isOpen();
        }
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return this;
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public int getBufferSize() {
        return pool.getBufferSize();
    }

    @Override
    public boolean isDirect() {
        return pool.isDirect();
    }
}
