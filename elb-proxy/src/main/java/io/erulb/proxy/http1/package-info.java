/**
 * What both sides of HTTP/1.1 share: classes of bytes, names of fields, chunked coding, fields that end at a hop,
 * deadlines. The side that clients talk to is {@code io.erulb.proxy.http1.server}, the side that talks to servers is
 * {@code io.erulb.proxy.http1.client}.
 *
 * <p>Internal to the proxy: public only where its packages need it, and free to change. Nothing here knows of rules or
 * upstreams.
 */
@NullMarked
package io.erulb.proxy.http1;

import org.jspecify.annotations.NullMarked;
