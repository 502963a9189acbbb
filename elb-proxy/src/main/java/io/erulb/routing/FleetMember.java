package io.erulb.routing;

import io.erulb.routing.RoutingFault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An instance that serves the same configuration, as it told of itself last. Immutable.
 *
 * @param name what people know it by
 * @param self whether it is the one that was asked
 * @param version of the software
 * @param started when it started
 * @param age how long ago it gave its last sign of life, to a second or so
 * @param config what it has in force
 * @param problems what its configuration lives with, the first of them
 */
public record FleetMember(
        String name,
        boolean self,
        String version,
        Instant started,
        Duration age,
        Config config,
        List<Problem> problems) {

    /** Copies the list. */
    public FleetMember {
        problems = List.copyOf(problems);
    }

    /**
     * A configuration in force.
     *
     * @param revision the store's revision that it takes into account
     * @param tag a digest of it, the same wherever the same is configured
     */
    public record Config(long revision, String tag) {}

    /**
     * Something that a configuration lives with.
     *
     * @param kind what {@code name} names
     * @param name the domain or the upstream
     * @param revision the store's revision that brought it, 0 when it did not come from a store
     * @param message what is wrong and where, in a sentence
     */
    public record Problem(Kind kind, String name, long revision, String message) {

        /** The same in the words of a routing's problem. */
        public static Problem of(RoutingProblem problem) {
            RoutingFault fault = problem.fault();
            return new Problem(fault.kind(), fault.name(), problem.revision(), fault.toString());
        }
    }
}
