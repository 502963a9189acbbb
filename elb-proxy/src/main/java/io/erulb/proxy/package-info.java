/**
 * The proxy as an Undertow handler. Start at {@link io.erulb.proxy.ElbProxy}: reading its {@code handleRequest} is
 * reading what happens to a request (find the domain, decide, forward). {@code Forwarding} is one request on its way
 * to upstream servers, with its retries; everything it does happens on the I/O thread of the client's connection.
 *
 * <p>The upstream side of the wire hides in {@code io.erulb.proxy.http1}. Nothing here knows where configuration comes
 * from: that is {@link io.erulb.routing.LiveRouting}'s.
 */
@NullMarked
package io.erulb.proxy;

import org.jspecify.annotations.NullMarked;
