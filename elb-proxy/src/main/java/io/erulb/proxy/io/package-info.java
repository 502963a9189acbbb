/**
 * Threads and sockets: event loops that accept, connect, read and write on one thread each, as XNIO's I/O threads do,
 * and in their place. Accepting is what made them: XNIO accepts on a thread of its own and hands each connection over,
 * which costs a short connection as much as serving it. {@link io.erulb.proxy.io.TlsConnection} lays TLS over a
 * connection to a server.
 *
 * <p>Nothing here knows of HTTP.
 */
@NullMarked
package io.erulb.proxy.io;

import org.jspecify.annotations.NullMarked;
