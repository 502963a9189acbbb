package io.erulb.upstream.spi;

import io.erulb.upstream.Peer;

/**
 * One question to a balancer: a request that needs a peer. Only valid during the call it is handed to.
 *
 * <p>Implemented by the upstream; what balancers may later want to know of the request (a key to hash, say) joins here
 * as default methods.
 */
public interface Selection {

    /**
     * Whether the request may go to this peer now: it was not tried by the request before, is not left out and has room
     * under its limit of attempts. Cheap, and never a promise: another thread may take the last room meanwhile, and the
     * balancer is then asked again.
     */
    boolean accepts(Peer peer);

    /** Whether the request was at another peer before, so that some of the candidates may be refused. */
    boolean retry();
}
