/**
 * The upstream side of HTTP/1.1: a small client on XNIO whose connections live on the I/O thread of the request they
 * serve. Start at {@link io.erulb.proxy.http1.client.UpstreamConnection} (one connection, one {@link
 * io.erulb.proxy.http1.client.UpstreamCall} at a time) and {@link io.erulb.proxy.http1.client.IoLocal} (what an I/O
 * thread owns: its pools, buffers and timers). Everything here is confined to one I/O thread, so nothing locks.
 *
 * <p>It knows nothing of rules, upstreams' balancing or the client's side of a request.
 */
@NullMarked
package io.erulb.proxy.http1.client;

import org.jspecify.annotations.NullMarked;
