package io.erulb.upstream;

import io.erulb.upstream.spi.Selection;
import org.jspecify.annotations.Nullable;

/**
 * A request that looks for a peer it has not tried.
 *
 * @param previous the request's last attempt, if any
 * @param evenIfOut take peers that are left out as well
 */
record Untried(@Nullable Attempt previous, boolean evenIfOut) implements Selection {
    private static final Untried FIRST = new Untried(null, false);

    /** The selection of a request; nothing is made for its first attempt. */
    static Untried by(@Nullable Attempt previous) {
        return previous == null ? FIRST : new Untried(previous, false);
    }

    @Override
    public boolean accepts(Peer peer) {
        return (previous == null || !previous.tried(peer)) && peer.admits(evenIfOut);
    }

    @Override
    public boolean retry() {
        return previous != null;
    }
}
