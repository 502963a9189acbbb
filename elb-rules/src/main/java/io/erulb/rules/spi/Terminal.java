package io.erulb.rules.spi;

import io.erulb.rules.Decision;
import io.erulb.rules.RequestView;
import java.util.Set;

/** The end of a walk: gives the decision. Stateless, never blocks, used by many threads at once. */
public interface Terminal {
    /**
     * Decides about the request.
     *
     * @param request as the last filter saw it, rewritten path included; a {@link Decision.Forward} without a path gets
     *     the rewritten one by itself
     * @param captures of the last filter that matched and has any; empty unless {@link #usesCaptures}
     */
    Decision decide(RequestView request, Captures captures);

    /** Whether {@link #decide} wants captures. */
    default boolean usesCaptures() {
        return false;
    }

    /**
     * The groups that {@link #decide} wants, by number from "1" on or by name, for analysis; empty when it wants none or
     * does not tell.
     */
    default Set<String> captureNames() {
        return Set.of();
    }

    /** The upstreams or {@code host[:port]} servers this terminal may name, for checks and drawings. */
    default Set<String> upstreams() {
        return Set.of();
    }
}
