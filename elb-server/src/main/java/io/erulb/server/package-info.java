/**
 * The server: settings, a store, routing, the proxy and the admin API wired together in one process. Start at
 * {@link io.erulb.server.ElbServer}; {@code Main} is what {@code java -jar} runs. Nothing here knows how rules are
 * decided, servers are chosen or HTTP is spoken: that is the other modules' part.
 */
@NullMarked
package io.erulb.server;

import org.jspecify.annotations.NullMarked;
