package io.erulb.rules.analysis;

import io.erulb.rules.Explanation;
import io.erulb.rules.RequestFacts;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that shows what a finding says, with the way it takes. Immutable.
 *
 * @param request the request
 * @param at the moment it is taken to come at; null where the hour does not matter
 * @param given how draws and limits on its way are taken to come out, by rule; {@code true} is {@code succ}
 * @param explanation the way it takes
 */
public record Witness(RequestFacts request, @Nullable Instant at, Map<String, Boolean> given, Explanation explanation) {
    /** Keeps a copy of what is given. */
    public Witness {
        given = Map.copyOf(given);
    }
}
