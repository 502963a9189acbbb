package io.erulb.proxy.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/** What goes into TLS. Confined to its loop. */
final class TlsSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final TlsRecords records;

    TlsSink(StreamSinkConduit raw, TlsRecords records) {
        super(raw);
        this.records = records;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return records.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(from[i]);
            if (from[i].hasRemaining()) {
                break;
            }
        }
        return written;
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
        return source.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return Conduits.transfer(source, count, throughBuffer, this);
    }

    @Override
    public boolean flush() throws IOException {
        return records.flush() && super.flush();
    }

    @Override
    public void resumeWrites() {
        records.wantWrites(true);
    }

    @Override
    public void suspendWrites() {
        records.wantWrites(false);
    }

    @Override
    public void wakeupWrites() {
        resumeWrites();
    }

    @Override
    public boolean isWriteResumed() {
        return records.wantsWrites();
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        records.setWriter(handler);
        super.setWriteReadyHandler(new WriteReadyHandler() {
            @Override
            public void writeReady() {
                records.writeReady();
            }

            @Override
            public void forceTermination() {
                handler.forceTermination();
            }

            @Override
            public void terminated() {
                handler.terminated();
            }
        });
    }
}
