package io.erulb.upstream;

/** Whether the next request that comes may go to a peer, and if not, why. */
public enum Standing {
    /** It may; the balancer chooses among all of these. */
    CANDIDATE,
    /** It is marked {@code down} or {@code drain}. */
    NOT_IN_USE,
    /** It is left out: {@link PeerHealth} says why. */
    LEFT_OUT,
    /** It has as many attempts under way as it may. */
    FULL,
    /** It is a backup, and a primary may be tried. */
    SPARE;

    static Standing of(Peer peer, Tier primaries, Tier backups) {
        if (!peer.inUse()) {
            return NOT_IN_USE;
        }
        if (peer.full()) {
            return FULL;
        }
        boolean noneIn = primaries.allOut() && backups.allOut();
        boolean spare = peer.spec().backup();
        if (spare && primaries.hasRoom(noneIn)) {
            return SPARE;
        }
        Tier tier = spare ? backups : primaries;
        boolean taken = (noneIn || !tier.allOut()) && tier.candidates().contains(peer);
        return taken ? CANDIDATE : LEFT_OUT;
    }
}
