/**
 * Which domain's rules and which upstreams are in force, as one immutable {@link io.erulb.routing.RoutingTable} that
 * is replaced as a whole.
 *
 * <p>Start at {@link io.erulb.routing.LiveRouting}: the one mutable holder, its two ways of change
 * ({@link io.erulb.routing.LiveRouting#apply all or nothing} and
 * {@link io.erulb.routing.LiveRouting#merge setting bad parts aside}) and the list of problems. Nothing here knows of
 * HTTP servers, metrics or where configuration is kept; {@link io.erulb.routing.ConfigSource} is the small port through
 * which others tell.
 */
@NullMarked
package io.erulb.routing;

import org.jspecify.annotations.NullMarked;
