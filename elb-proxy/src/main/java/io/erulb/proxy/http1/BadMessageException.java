package io.erulb.proxy.http1;

import java.io.IOException;

/** A server's answer that is not a well-formed HTTP/1.x message. */
public final class BadMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    BadMessageException(String message) {
        super(message);
    }
}
