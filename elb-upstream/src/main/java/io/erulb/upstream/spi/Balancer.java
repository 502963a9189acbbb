package io.erulb.upstream.spi;

import io.erulb.upstream.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among a fixed set of peers, the candidates it was made for. When the set changes (a server fails, comes back
 * or is configured anew: rarely) the provider makes another balancer and gets this one to carry its position over, so a
 * balancer may compute ahead as much as it likes.
 *
 * <p>Used by many threads at once, on I/O threads: never blocks, takes no lock and should not allocate.
 */
@FunctionalInterface
public interface Balancer {

    /**
     * The peer for this request.
     *
     * @return one of the candidates that {@code selection} accepts; null when it accepts none of them. Another peer, or
     *     an exception, is put up with: the first acceptable candidate is taken instead
     */
    @Nullable
    Peer pick(Selection selection);
}
