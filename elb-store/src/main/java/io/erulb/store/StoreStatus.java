package io.erulb.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a store is doing. Immutable.
 *
 * @param description what and where it is, for people, without secrets
 * @param connected whether its last attempt to reach what is behind it went well
 * @param age time since its last sign of life, null before the first
 * @param revision the newest revision seen, 0 before the first
 * @param error what went wrong last, null while all is well
 * @param strayKeys keys below its root that are none of ours, in order, at most {@value #MAX_STRAY_KEYS} of them
 */
public record StoreStatus(
        String description,
        boolean connected,
        @Nullable Duration age,
        long revision,
        @Nullable String error,
        List<String> strayKeys) {

    /** How many stray keys are listed at most. */
    public static final int MAX_STRAY_KEYS = 100;

    /** Copies the list, cut to its bound. */
    public StoreStatus {
        strayKeys = strayKeys.stream().sorted().limit(MAX_STRAY_KEYS).toList();
    }
}
