package io.erulb.upstream;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The primaries, or the backups, of an upstream.
 *
 * <p>A pick uses the current {@link Lineup} as it is unless a peer went out or came back since it was made: told by a
 * counter that failure windows count up and, while a peer is left out, by the clock. Only then the peers are looked
 * through, and only when the candidates differ a balancer is made. Threads that lose that race take the winner's.
 */
final class Tier {
    private static final Logger LOG = System.getLogger(Tier.class.getName());

    private final List<Peer> peers;
    private final UpstreamOptions options;
    private final AtomicInteger changes;
    private final AtomicReference<Lineup> lineup;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** {@code previous} is the tier whose balancer's position is carried over, if any. */
    Tier(List<Peer> peers, UpstreamOptions options, AtomicInteger changes, @Nullable Tier previous) {
        this.peers = peers;
        this.options = options;
        this.changes = changes;
        Lineup before = previous == null ? null : previous.lineup.get();
        boolean sameScale = previous != null
                && previous.options.health().slowStart().isZero()
                        == options.health().slowStart().isZero();
        Muster muster = Muster.of(peers, options, changes.get(), before == null ? null : before.muster());
        Balancer balancer = before == null || !sameScale ? null : before.balancer();
        this.lineup = new AtomicReference<>(new Lineup(muster, create(muster, balancer)));
    }

    /** An attempt at a peer that is in; null when there is none for this request. */
    @Nullable
    Attempt pick(@Nullable Attempt previous, long key) {
        Lineup now = current();
        if (now.muster().allOut()) {
            return null;
        }
        return pick(now, now.muster().panic() ? new Untried(previous, key, true) : Untried.by(previous, key));
    }

    /** An attempt at a peer that is in, also where so few are that others are used as well. */
    @Nullable
    Attempt pickIn(Attempt previous, long key) {
        Lineup now = current();
        return now.muster().allOut() ? null : pick(now, Untried.by(previous, key));
    }

    /** An attempt although all are left out; null when the request tried them all or they are full. */
    @Nullable
    Attempt pickEvenIfOut(@Nullable Attempt previous, long key) {
        return pick(current(), new Untried(previous, key, true));
    }

    /** Who is in, or is used nevertheless. */
    List<Peer> candidates() {
        return current().muster().candidates();
    }

    /** Whether one of them can be tried at this moment; those that are out as well, if told so. */
    boolean hasRoom(boolean evenIfOut) {
        Muster muster = current().muster();
        return (evenIfOut || !muster.allOut()) && muster.candidates().stream().anyMatch(peer -> !peer.full());
    }

    boolean allOut() {
        return current().muster().allOut();
    }

    private @Nullable Attempt pick(Lineup now, Untried selection) {
        // Each round but the last was lost to another thread, which got an attempt.
        for (int round = 0; round <= now.muster().candidates().size(); round++) {
            Peer peer = choose(now, selection);
            if (peer == null) {
                return null;
            }
            Attempt attempt = peer.begin(selection.previous(), selection.evenIfOut());
            if (attempt != null) {
                return attempt;
            }
        }
        return null;
    }

    /** Asks the balancer, and makes do without when it throws or answers what it must not. */
    private @Nullable Peer choose(Lineup now, Untried selection) {
        Balancer balancer = now.balancer();
        if (balancer == null || now.muster().candidates().isEmpty()) {
            return null;
        }
        try {
            Peer peer = balancer.pick(selection);
            if (peer == null || selection.accepts(peer)) {
                return peer;
            }
        } catch (RuntimeException e) {
            complain(e);
        }
        return firstAccepted(now.muster().candidates(), selection);
    }

    private static @Nullable Peer firstAccepted(List<Peer> candidates, Untried selection) {
        for (Peer peer : candidates) {
            if (selection.accepts(peer)) {
                return peer;
            }
        }
        return null;
    }

    private Lineup current() {
        Lineup now = lineup.get();
        return now.muster().stale(changes.get(), options.nanoClock()) ? renew(now) : now;
    }

    private Lineup renew(Lineup old) {
        Muster muster = Muster.of(peers, options, changes.get(), old.muster());
        boolean same = muster.isLike(old.muster());
        Lineup renewed = new Lineup(muster, same ? old.balancer() : recreate(muster, old.balancer()));
        return lineup.compareAndSet(old, renewed) ? renewed : lineup.get();
    }

    private @Nullable Balancer recreate(Muster muster, @Nullable Balancer old) {
        try {
            return create(muster, old);
        } catch (RuntimeException e) {
            complain(e);
            return old;
        }
    }

    private @Nullable Balancer create(Muster muster, @Nullable Balancer previous) {
        return muster.candidates().isEmpty()
                ? previous
                : options.balancer()
                        .create(new BalancerContext(
                                peers,
                                muster.candidates(),
                                muster.weights(),
                                previous,
                                options.nanoClock(),
                                options.random(),
                                options.balancerArgs()));
    }

    private void complain(RuntimeException cause) {
        if (complained.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "balancer " + options.balancer().type() + " failed; further failures are not logged",
                    cause);
        }
    }

    /** Who can be tried, and the balancer made for them; while there is nobody, one of earlier days or none. */
    private record Lineup(Muster muster, @Nullable Balancer balancer) {}
}
