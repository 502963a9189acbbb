package io.erulb.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the store of the configuration is doing. Immutable.
 *
 * @param description the store in words, without secrets, such as {@code etcd 127.0.0.1:2379}
 * @param connected whether the store answers at present
 * @param age how long ago the store last gave a sign of life, or null when it never did or never has to
 * @param revision the store's revision last heard of, 0 for none
 * @param error the last error while not connected, or null
 * @param strayKeys keys under our prefix that name nothing we know, bounded in number
 * @param copy the copy of the configuration kept for a start without the store, or null for none
 */
public record SourceStatus(
        String description,
        boolean connected,
        @Nullable Duration age,
        long revision,
        @Nullable String error,
        List<String> strayKeys,
        @Nullable Copy copy) {

    /** Copies the list. */
    public SourceStatus {
        strayKeys = List.copyOf(strayKeys);
    }

    /** A store without a copy. */
    public SourceStatus(
            String description,
            boolean connected,
            @Nullable Duration age,
            long revision,
            @Nullable String error,
            List<String> strayKeys) {
        this(description, connected, age, revision, error, strayKeys, null);
    }

    /**
     * A copy of the configuration on disk.
     *
     * @param file where it is
     * @param inForceOf when the copy in force was written; null while the store's own configuration is in force
     * @param error why no copy can be read or written, or null
     */
    public record Copy(
            String file,
            @Nullable Instant inForceOf,
            @Nullable String error) {}
}
