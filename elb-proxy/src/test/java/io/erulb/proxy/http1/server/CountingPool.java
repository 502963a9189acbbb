package io.erulb.proxy.http1.server;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool that knows how many of its buffers are out. */
final class CountingPool implements ByteBufferPool {
    private final ByteBufferPool pool;
    private final AtomicInteger out = new AtomicInteger();

    CountingPool(int bufferSize) {
        pool = new DefaultByteBufferPool(true, bufferSize);
    }

    int out() {
        return out.get();
    }

    @Override
    public PooledByteBuffer allocate() {
        PooledByteBuffer buffer = pool.allocate();
        out.incrementAndGet();
        return new Counted(buffer, out);
    }

    private record Counted(PooledByteBuffer buffer, AtomicInteger out, AtomicBoolean closed)
            implements PooledByteBuffer {
        Counted(PooledByteBuffer buffer, AtomicInteger out) {
            this(buffer, out, new AtomicBoolean());
        }

        @Override
        public ByteBuffer getBuffer() {
            return buffer.getBuffer();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                out.decrementAndGet();
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
