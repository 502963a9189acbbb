package io.erulb.server;

/** A server that could not be started although its settings are well-formed; the message says why. */
public final class ServerStartException extends Exception {
    private static final long serialVersionUID = 1L;

    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
