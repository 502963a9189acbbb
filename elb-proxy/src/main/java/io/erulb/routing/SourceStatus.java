package io.erulb.routing;

import java.time.Duration;
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
 */
public record SourceStatus(
        String description,
        boolean connected,
        @Nullable Duration age,
        long revision,
        @Nullable String error,
        List<String> strayKeys) {

    /** Copies the list. */
    public SourceStatus {
        strayKeys = List.copyOf(strayKeys);
    }
}
