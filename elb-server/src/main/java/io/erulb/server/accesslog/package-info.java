/**
 * The access log: a line for each request, formatted and written by a thread of its own, so that no request waits for it.
 * Start at {@link io.erulb.server.accesslog.AccessLog}.
 */
@NullMarked
package io.erulb.server.accesslog;

import org.jspecify.annotations.NullMarked;
