package io.erulb.upstream;

/** How an attempt failed. Each kind counts as one failure of the server, as nginx's {@code max_fails} counts them. */
public enum Failure {
    /** No connection: refused, unreachable, or not there in time. */
    CONNECT,
    /** Connected, but no answer in time. */
    TIMEOUT,
    /** The connection broke before the answer was complete. */
    BROKEN,
    /** The answer is no HTTP, or is not to be trusted. */
    INVALID_RESPONSE,
    /** A complete answer whose status counts as a failure, such as 500 or 504. */
    STATUS
}
