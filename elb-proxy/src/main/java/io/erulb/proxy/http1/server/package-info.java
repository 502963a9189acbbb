/**
 * The side that clients talk to: an Undertow connector of our own that reads requests strictly (RFC 9112), so that no two
 * parties ever disagree on where a message ends, and answers them with few system calls. Start at {@link
 * io.erulb.proxy.http1.server.Http1Listener}, which makes an {@link io.erulb.proxy.http1.server.Http1Connection} of
 * every accepted socket; its {@code RequestLoop} reads heads with {@code HeadParser}, hands exchanges to the handler and
 * goes on when they are complete.
 *
 * <p>A connection is confined to its I/O thread, but for the request's body and the answer, which belong to whoever runs
 * the exchange. It knows nothing of rules, upstreams or the proxy: any Undertow handler can be served. TLS is not
 * offered here.
 */
@NullMarked
package io.erulb.proxy.http1.server;

import org.jspecify.annotations.NullMarked;
