package io.erulb.proxy.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * Both directions of a socket. It is registered with its loop when something first waits for it: a connection that is
 * served and closed in between costs the selector nothing.
 */
final class SocketConduit implements StreamSourceConduit, StreamSinkConduit, EventLoop.Waiting {
    private final EventLoop loop;
    private final SocketChannel socket;
    private final SocketConnection connection;
    private volatile @Nullable SelectionKey key;
    private @Nullable ReadReadyHandler reader;
    private @Nullable WriteReadyHandler writer;

    SocketConduit(EventLoop loop, SocketChannel socket, SocketConnection connection) {
        this.loop = loop;
        this.socket = socket;
        this.connection = connection;
    }

    @Override
    public void ready(SelectionKey ready) {
        int ops = ready.readyOps();
        if ((ops & SelectionKey.OP_READ) != 0) {
            readReady();
        }
        if ((ops & SelectionKey.OP_WRITE) != 0 && ready.isValid()) {
            writeReady();
        }
    }

    private void readReady() {
        ReadReadyHandler handler = reader;
        if (handler == null || isReadShutdown()) {
            suspendReads();
        } else {
            handler.readReady();
        }
    }

    private void writeReady() {
        WriteReadyHandler handler = writer;
        if (handler == null || isWriteShutdown()) {
            suspendWrites();
        } else {
            handler.writeReady();
        }
    }

    @Override
    public void abandon() {
        IoUtils.safeClose(connection);
    }

    private void resume(int op) {
        try {
            SelectionKey registered = key;
            if (registered == null) {
                register(op);
            } else if ((registered.interestOpsOr(op) & op) == 0) {
                loop.changed();
            }
        } catch (CancelledKeyException | ClosedChannelException closed) {
            // It is over: nothing will be ready any more.
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    private synchronized void register(int op) throws IOException {
        SelectionKey registered = key;
        if (registered == null) {
            key = loop.register(socket, op, this);
        } else {
            registered.interestOpsOr(op);
            loop.changed();
        }
    }

    private void suspend(int op) {
        SelectionKey registered = key;
        if (registered != null) {
            try {
                registered.interestOpsAnd(~op);
            } catch (CancelledKeyException closed) {
                // It is over: nothing will be ready any more.
            }
        }
    }

    private boolean isResumed(int op) {
        SelectionKey registered = key;
        try {
            return registered != null && (registered.interestOps() & op) != 0;
        } catch (CancelledKeyException closed) {
            return false;
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (isReadShutdown()) {
            return -1;
        }
        int n = socket.read(to);
        if (n < 0) {
            terminateReads();
        }
        return n;
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        if (isReadShutdown()) {
            return -1;
        }
        long n = socket.read(to, offset, length);
        if (n < 0) {
            terminateReads();
        }
        return n;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return isReadShutdown() ? -1 : target.transferFrom(socket, position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, throughBuffer, target);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return socket.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return length == 1 ? socket.write(from[offset]) : socket.write(from, offset, length);
    }

    @Override
    public int writeFinal(ByteBuffer from) throws IOException {
        return Conduits.writeFinalBasic(this, from);
    }

    @Override
    public long writeFinal(ByteBuffer[] from, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, from, offset, length);
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        return source.transferTo(position, count, socket);
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return Conduits.transfer(source, count, throughBuffer, this);
    }

    @Override
    public boolean flush() {
        return true;
    }

    /** The peer is not told: it would have no use for it, and what it sends is no longer read. */
    @Override
    public void terminateReads() {
        if (connection.endReads()) {
            suspendReads();
            readsEnded();
        }
    }

    @Override
    public void terminateWrites() throws IOException {
        if (connection.endWrites()) {
            try {
                suspendWrites();
                if (socket.isOpen()) {
                    socket.shutdownOutput();
                }
            } finally {
                writesEnded();
            }
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        terminateWrites();
    }

    void readsEnded() {
        if (reader != null) {
            reader.terminated();
        }
    }

    void writesEnded() {
        if (writer != null) {
            writer.terminated();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return connection.isReadShutdown();
    }

    @Override
    public boolean isWriteShutdown() {
        return connection.isWriteShutdown();
    }

    @Override
    public void resumeReads() {
        resume(SelectionKey.OP_READ);
    }

    @Override
    public void suspendReads() {
        suspend(SelectionKey.OP_READ);
    }

    @Override
    public void wakeupReads() {
        resumeReads();
        loop.execute(this::readReady);
    }

    @Override
    public boolean isReadResumed() {
        return isResumed(SelectionKey.OP_READ);
    }

    @Override
    public void resumeWrites() {
        resume(SelectionKey.OP_WRITE);
    }

    @Override
    public void suspendWrites() {
        suspend(SelectionKey.OP_WRITE);
    }

    @Override
    public void wakeupWrites() {
        resumeWrites();
        loop.execute(this::writeReady);
    }

    @Override
    public boolean isWriteResumed() {
        return isResumed(SelectionKey.OP_WRITE);
    }

    @Override
    public void awaitReadable() throws IOException {
        await(SelectionKey.OP_READ, 0);
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        await(SelectionKey.OP_READ, Math.max(1, unit.toMillis(time)));
    }

    @Override
    public void awaitWritable() throws IOException {
        await(SelectionKey.OP_WRITE, 0);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        await(SelectionKey.OP_WRITE, Math.max(1, unit.toMillis(time)));
    }

    /** Blocks the calling thread, which is none that serves sockets; 0 ms means without end. */
    private void await(int op, long millis) throws IOException {
        Xnio.checkBlockingAllowed();
        boolean over = op == SelectionKey.OP_READ ? isReadShutdown() : isWriteShutdown();
        if (!over) {
            try (Selector waiting = Selector.open()) {
                socket.register(waiting, op);
                waiting.select(millis);
            }
        }
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        reader = handler;
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        writer = handler;
    }

    @Override
    public XnioIoThread getReadThread() {
        return loop;
    }

    @Override
    public XnioIoThread getWriteThread() {
        return loop;
    }

    @Override
    public XnioWorker getWorker() {
        return loop.getWorker();
    }
}
