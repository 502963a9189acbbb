package io.erulb.upstream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who can be tried at one moment. Immutable.
 *
 * @param candidates the peers that are in, in order; when too few are, all but those marked down or drain; when none is, all of
 *     those that may be tried nevertheless
 * @param weights those of the candidates, in their order
 * @param allOut whether no peer is in
 * @param panic whether so few are in that the others are used as well
 * @param changes how many changes had been counted when this was made
 * @param wakes whether this is no longer true after some time
 * @param wakeAt when that is; means nothing unless {@code wakes}
 */
record Muster(
        List<Peer> candidates,
        List<Integer> weights,
        boolean allOut,
        boolean panic,
        int changes,
        boolean wakes,
        long wakeAt) {
    /** In how many steps a peer comes to its full weight. */
    private static final int RAMP_STEPS = 20;

    /**
     * Looks through the peers.
     *
     * @param changes read before
     * @param before who could be tried until now; null when nobody is new
     */
    static Muster of(List<Peer> peers, UpstreamOptions options, int changes, @Nullable Muster before) {
        long now = options.nanoClock().getAsLong();
        List<Peer> in = new ArrayList<>();
        List<Peer> out = new ArrayList<>();
        List<Peer> used = peers.stream().filter(Peer::inUse).toList();
        used.forEach(peer -> (peer.leftOut() ? out : in).add(peer));
        if (before != null) {
            beginRamps(in, before, now);
        }
        boolean panic = !in.isEmpty()
                && in.size() * 100 < used.size() * options.health().panicPercent();
        List<Peer> candidates =
                in.isEmpty() ? used.stream().filter(Peer::mayBeTried).toList() : panic ? used : List.copyOf(in);
        Clock clock = new Clock(now);
        out.stream().filter(peer -> !peer.checkedOut()).forEach(peer -> clock.wakeAt(peer.outUntil(now)));
        List<Integer> weights = weights(candidates, options, clock);
        return new Muster(candidates, weights, in.isEmpty(), panic, changes, clock.wakes, clock.wakeAt);
    }

    private static void beginRamps(List<Peer> in, Muster before, long now) {
        Set<PeerState> known =
                before.candidates.stream().map(Peer::state).collect(Collectors.toCollection(HashSet::new));
        for (Peer peer : in) {
            if (!known.contains(peer.state()) || before.allOut) {
                peer.state().ramp().begin(now);
            }
        }
    }

    /** With a slow start in hundredths all the time, so that balancers can carry over where they are. */
    private static List<Integer> weights(List<Peer> candidates, UpstreamOptions options, Clock clock) {
        if (options.health().slowStart().isZero()) {
            return candidates.stream().map(peer -> peer.spec().weight()).toList();
        }
        List<Integer> weights = new ArrayList<>();
        for (Peer peer : candidates) {
            int percent = peer.rampPercent(clock.now);
            weights.add(peer.spec().weight() * percent);
            if (percent < Ramp.FULL) {
                clock.wakeAt(clock.now + peer.rules().slowStartNanos() / RAMP_STEPS);
            }
        }
        return List.copyOf(weights);
    }

    /** The first of some times. */
    private static final class Clock {
        private final long now;
        private boolean wakes;
        private long wakeAt;

        Clock(long now) {
            this.now = now;
        }

        void wakeAt(long time) {
            if (!wakes || time - wakeAt < 0) {
                wakeAt = time;
            }
            wakes = true;
        }
    }

    /** Whether this may no longer be true; asks for the time only where time changes something. */
    boolean stale(int changesNow, LongSupplier nanoClock) {
        return changes != changesNow || (wakes && nanoClock.getAsLong() - wakeAt > 0);
    }

    /** Whether the same peers can be tried with the same weights. */
    boolean isLike(Muster other) {
        return candidates.equals(other.candidates) && weights.equals(other.weights);
    }
}
