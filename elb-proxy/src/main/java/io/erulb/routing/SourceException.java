package io.erulb.routing;

import java.util.List;

/** Nothing was written to the store; the message says why. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> keys;
    private final boolean conflict;

    private SourceException(String message, boolean conflict, List<String> keys) {
        super(message);
        this.conflict = conflict;
        this.keys = List.copyOf(keys);
    }

    /** Something in the store is against it: another writer changed the named keys meanwhile, or they need what was to go. */
    public static SourceException conflict(String message, List<String> keys) {
        return new SourceException(message, true, keys);
    }

    /** The store could not be reached or refused. */
    public static SourceException unavailable(String message) {
        return new SourceException(message, false, List.of());
    }

    /** Whether keys of the store are against it, rather than the store itself. */
    public boolean conflict() {
        return conflict;
    }

    /** The keys that are against it; empty unless {@link #conflict()}. */
    public List<String> keys() {
        return keys;
    }
}
