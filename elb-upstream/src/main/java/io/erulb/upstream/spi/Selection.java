package io.erulb.upstream.spi;

import io.erulb.upstream.Peer;

/**
 * One question to a balancer: a request that needs a peer. Only valid during the call it is handed to.
 *
 * <p>Implemented by the upstream; what balancers may later want to know of the request (a key to hash, say) joins here
 * as default methods.
 */
public interface Selection {
    /** The key of a request that has none. */
    long NO_KEY = 0;

    /**
     * Whether the request may go to this peer now: it was not tried by the request before, is not left out and has room
     * under its limit of attempts. Cheap, and never a promise: another thread may take the last room meanwhile, and the
     * balancer is then asked again.
     */
    boolean accepts(Peer peer);

    /**
     * What tells this request from others where the same is to go to the same peer: a hash, over all 64 bits, of its client's
     * address, a header or whatever is configured.
     *
     * @return {@link #NO_KEY} when it has none
     */
    default long key() {
        return NO_KEY;
    }

    /** Whether the request was at another peer before, so that some of the candidates may be refused. */
    boolean retry();
}
