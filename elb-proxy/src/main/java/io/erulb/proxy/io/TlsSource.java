package io.erulb.proxy.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/** What comes out of TLS. Confined to its loop. */
final class TlsSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final TlsRecords records;

    TlsSource(StreamSourceConduit raw, TlsRecords records) {
        super(raw);
        this.records = records;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return records.read(to);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (to[i].hasRemaining()) {
                return read(to[i]);
            }
        }
        return 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, throughBuffer, target);
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        records.setReader(handler);
        super.setReadReadyHandler(handler);
    }
}
