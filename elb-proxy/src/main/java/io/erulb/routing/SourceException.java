package io.erulb.routing;

import java.util.List;

/** A dump that wrote nothing; the message says why. */
public final class DumpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> keys;
    private final boolean conflict;

    private DumpException(String message, boolean conflict, List<String> keys) {
        super(message);
        this.conflict = conflict;
        this.keys = List.copyOf(keys);
    }

    /** Another writer changed the named keys meanwhile. */
    public static DumpException conflict(String message, List<String> keys) {
        return new DumpException(message, true, keys);
    }

    /** The store could not be reached or refused. */
    public static DumpException unavailable(String message) {
        return new DumpException(message, false, List.of());
    }

    /** Whether another writer was in between, so that trying again may succeed. */
    public boolean conflict() {
        return conflict;
    }

    /** The keys another writer changed; empty unless {@link #conflict()}. */
    public List<String> keys() {
        return keys;
    }
}
