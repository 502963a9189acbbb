package io.erulb.server.imports;

/** A source that nothing could be taken from; the message says why, and does not name the source. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
