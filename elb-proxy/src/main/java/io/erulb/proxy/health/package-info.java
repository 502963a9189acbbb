/**
 * Checks of servers by sockets, on a thread of their own: a {@link io.erulb.upstream.health.Probe} for each type, over the
 * upstream side of HTTP/1.1 and, for HTTPS, TLS below it. {@link io.erulb.proxy.health.ServerChecks} keeps them to what is in force.
 */
@NullMarked
package io.erulb.proxy.health;

import org.jspecify.annotations.NullMarked;
