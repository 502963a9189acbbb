/**
 * Servers as they are written ({@link io.erulb.upstream.ServerSpec}) and as they live ({@link io.erulb.upstream.Peer}).
 * Start at {@link io.erulb.upstream.Upstream}: made of servers, asked for an {@link io.erulb.upstream.Attempt} per try,
 * told how the try ended. Nothing here opens a socket, resolves a name or knows HTTP.
 */
@NullMarked
package io.erulb.upstream;

import org.jspecify.annotations.NullMarked;
