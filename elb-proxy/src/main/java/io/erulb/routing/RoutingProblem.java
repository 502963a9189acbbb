package io.erulb.routing;

import java.time.Instant;

/**
 * A fault that configuration in force lives with: a value from a store that was set aside, a rule that names an unknown
 * upstream, a name that does not resolve. Immutable.
 *
 * @param fault what is wrong and where
 * @param revision the store's revision that brought it, 0 when it did not come from a store
 * @param since when it was first seen
 */
public record RoutingProblem(RoutingFault fault, long revision, Instant since) {}
