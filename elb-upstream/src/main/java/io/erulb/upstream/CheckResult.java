package io.erulb.upstream;

/**
 * How one check of a server ended. Immutable.
 *
 * @param passed whether it was as it should be
 * @param reason what was found, in a few words, such as {@code status 503} or {@code no connection within 1 s}
 */
public record CheckResult(boolean passed, String reason) {}
