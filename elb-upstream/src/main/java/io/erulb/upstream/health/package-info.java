/**
 * Active checks of servers: when each is due, and what follows from how it ended. How one is made is a {@link
 * io.erulb.upstream.health.Probe}, which whoever has sockets brings along. Start at {@link
 * io.erulb.upstream.health.HealthChecks}.
 */
@NullMarked
package io.erulb.upstream.health;

import org.jspecify.annotations.NullMarked;
