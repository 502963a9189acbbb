package io.erulb.proxy.http1;

import java.io.IOException;

/** A message, or a part of one, that is not well formed; nothing after it on its connection can be trusted. */
public final class BadMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong, for people. */
    public BadMessageException(String message) {
        super(message);
    }
}
