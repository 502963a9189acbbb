package io.erulb.store;

import org.jspecify.annotations.Nullable;

/** A store couldn't be read or written; the message says for people what, where and why. */
public sealed class StoreException extends Exception permits StoreConflictException {

    private static final long serialVersionUID = 1L;

    /** Creates it with its message. */
    public StoreException(String message) {
        this(message, null);
    }

    /** Creates it with its message and what it comes from. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
