package io.erulb.proxy.http1.server;

import java.io.IOException;

/** A request's body that does not end as its framing says; nothing after it on the connection can be trusted. */
final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenBodyException(String message) {
        super(message);
    }
}
