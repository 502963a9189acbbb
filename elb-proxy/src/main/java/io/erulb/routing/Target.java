package io.erulb.routing;

import io.erulb.routing.policy.Policy;
import io.erulb.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Where a request may be sent: an upstream or a host, and what it goes by. Immutable.
 *
 * @param live picks its servers
 * @param policy its own, or {@link Policy#NONE}
 * @param affinity which server clients are bound to; null when they are not
 */
public record Target(Upstream live, Policy policy, @Nullable Affinity affinity) {}
