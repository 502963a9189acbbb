package io.erulb.upstream;

import io.erulb.upstream.spi.Selection;
import org.jspecify.annotations.Nullable;

/**
 * A request that looks for a peer it has not tried.
 *
 * @param previous the request's last attempt, if any
 * @param key what it is known by, {@link #NO_KEY} for nothing
 * @param evenIfOut take peers that are left out as well
 */
record Untried(@Nullable Attempt previous, long key, boolean evenIfOut) implements Selection {
    private static final Untried FIRST = new Untried(null, NO_KEY, false);

    /** The selection of a request; nothing is made for its first attempt without a key. */
    static Untried by(@Nullable Attempt previous, long key) {
        return previous == null && key == NO_KEY ? FIRST : new Untried(previous, key, false);
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
