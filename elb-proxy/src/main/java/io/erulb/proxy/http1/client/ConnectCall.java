package io.erulb.proxy.http1.client;

import java.io.IOException;

/** Who asked for a connection: told once how that ended, on the I/O thread it was asked on, at once or later. */
public interface ConnectCall {
    /** A connection is there: begin a request on it, or close it. */
    void connected(UpstreamConnection connection);

    /** No connection could be made; nothing was sent. */
    void unreachable(IOException cause);
}
