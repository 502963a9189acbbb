package io.erulb.proxy.io;

import java.io.IOException;
import java.net.SocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * The client's side of TLS over a connection, which it closes when it is closed itself. The handshake begins with the first
 * write or read; a failure of it is thrown by a read. Confined to the connection's loop.
 */
public final class TlsConnection extends StreamConnection {
    private final StreamConnection raw;
    private final TlsRecords records;

    /**
     * A connection that has said nothing yet.
     *
     * @param engine of its own, set to the client's mode
     * @throws SSLException when the engine has no protocol or cipher left to offer
     */
    public TlsConnection(StreamConnection raw, SSLEngine engine) throws SSLException {
        super(raw.getIoThread());
        this.raw = raw;
        this.records = new TlsRecords(raw, engine);
        setSourceConduit(new TlsSource(raw.getSourceChannel().getConduit(), records));
        setSinkConduit(new TlsSink(raw.getSinkChannel().getConduit(), records));
    }

    @Override
    protected void closeAction() throws IOException {
        records.sayGoodbye();
        raw.close();
    }

    @Override
    public @Nullable SocketAddress getPeerAddress() {
        return raw.getPeerAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return raw.getLocalAddress();
    }
}
