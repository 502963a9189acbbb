package io.erulb.store;

/**
 * A value in a store. Immutable.
 *
 * @param text the value as written
 * @param modRevision the revision at which it was last written
 */
public record StoredValue(String text, long modRevision) {}
