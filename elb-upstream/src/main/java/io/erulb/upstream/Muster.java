package io.erulb.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Who can be tried at one moment. Immutable.
 *
 * @param candidates the peers that are in, in order; when none is, all but those marked down
 * @param allOut whether no peer is in
 * @param changes how many changes had been counted when this was made
 * @param someOut whether a peer is left out that comes back by time
 * @param wakeAt when the first such peer can be tried again; means nothing unless {@code someOut}
 */
record Muster(List<Peer> candidates, boolean allOut, int changes, boolean someOut, long wakeAt) {

    /** Looks through the peers; {@code changes} was read before. */
    static Muster of(List<Peer> peers, int changes) {
        List<Peer> in = new ArrayList<>();
        List<Peer> out = new ArrayList<>();
        List<Peer> used = peers.stream().filter(peer -> !peer.spec().down()).toList();
        used.forEach(peer -> (peer.leftOut() ? out : in).add(peer));
        long wakeAt =
                out.stream().mapToLong(Peer::outUntil).reduce(Muster::earlier).orElse(0);
        return new Muster(in.isEmpty() ? used : List.copyOf(in), in.isEmpty(), changes, !out.isEmpty(), wakeAt);
    }

    /** Whether this may no longer be true; asks for the time only while a peer is left out. */
    boolean stale(int changesNow, LongSupplier nanoClock) {
        return changes != changesNow || (someOut && nanoClock.getAsLong() - wakeAt > 0);
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
