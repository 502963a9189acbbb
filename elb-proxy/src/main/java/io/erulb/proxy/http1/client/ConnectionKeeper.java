package io.erulb.proxy.http1.client;

import java.net.InetSocketAddress;

/** Has the connections to a server that are not used at present. Confined to one I/O thread. */
public interface ConnectionKeeper {
    /** The server's. */
    InetSocketAddress address();

    /** Takes a connection whose request is done; false when it is to be closed. */
    boolean keep(UpstreamConnection connection);

    /** A connection that it has closed. */
    void forget(UpstreamConnection connection);
}
