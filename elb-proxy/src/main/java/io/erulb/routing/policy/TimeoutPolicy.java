package io.erulb.routing.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code timeouts}: how long servers are waited for; null where the proxy's own apply. Immutable.
 *
 * @param connect for a connection
 * @param firstByte for the head of the answer once the request is sent
 * @param idle between two parts of an answer's body that the server sends, or of a request's that it takes
 * @param whole from the beginning of the request to the end of its answer, however many servers are tried; null: any time
 */
public record TimeoutPolicy(
        @Nullable Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle,
        @Nullable Duration whole) {
    static final TimeoutPolicy USUAL = new TimeoutPolicy(null, null, null, null);

    static TimeoutPolicy read(@Nullable PolicyArgs section) {
        return section == null
                ? USUAL
                : new TimeoutPolicy(
                        section.time("connect"),
                        section.time("first_byte"),
                        section.time("idle"),
                        section.time("whole"));
    }
}
