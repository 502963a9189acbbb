package io.erulb.proxy.io;

import java.io.IOException;

/** No socket can be had for a connection to a server, for want of descriptors or the like: no fault of the server's. */
public final class NoSocketException extends IOException {
    private static final long serialVersionUID = 1;

    NoSocketException(IOException cause) {
        super("no socket can be had: " + cause.getMessage(), cause);
    }
}
