package io.erulb.routing.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code queue}: requests wait while every server is at its limit of connections (nginx's directive {@code queue}).
 * Immutable.
 *
 * @param size how many may wait at a time
 * @param timeout how long one may wait
 */
public record QueuePolicy(int size, Duration timeout) {
    private static final int USUAL_SIZE = 100;
    private static final int MOST = 1_000_000;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

    static @Nullable QueuePolicy read(@Nullable PolicyArgs section) {
        return section == null
                ? null
                : new QueuePolicy(section.integer("size", USUAL_SIZE, 1, MOST), section.time("timeout", USUAL_TIMEOUT));
    }
}
