/** Upstreams under load in virtual time: no sockets, no waiting, and the same result each time. */
@NullMarked
package io.erulb.upstream.simulation;

import org.jspecify.annotations.NullMarked;
