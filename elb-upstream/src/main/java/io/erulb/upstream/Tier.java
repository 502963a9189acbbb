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

    /** {@code previous} is the balancer whose position is carried over, if any. */
    Tier(List<Peer> peers, UpstreamOptions options, AtomicInteger changes, @Nullable Balancer previous) {
        this.peers = peers;
        this.options = options;
        this.changes = changes;
        Muster muster = Muster.of(peers, changes.get());
        this.lineup = new AtomicReference<>(new Lineup(muster, create(muster.candidates(), previous)));
    }

    /** An attempt at a peer that is in; null when there is none for this request. */
    @Nullable
    Attempt pick(@Nullable Attempt previous) {
        Lineup now = current();
        return now.muster().allOut() ? null : pick(now, Untried.by(previous));
    }

    /** An attempt although all are left out; null when the request tried them all or they are full. */
    @Nullable
    Attempt pickEvenIfOut(@Nullable Attempt previous) {
        return pick(current(), new Untried(previous, true));
    }

    boolean allOut() {
        return current().muster().allOut();
    }

    @Nullable
    Balancer balancer() {
        return lineup.get().balancer();
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
        Muster muster = Muster.of(peers, changes.get());
        boolean same = muster.candidates().equals(old.muster().candidates());
        Lineup renewed = new Lineup(muster, same ? old.balancer() : recreate(muster, old.balancer()));
        return lineup.compareAndSet(old, renewed) ? renewed : lineup.get();
    }

    private @Nullable Balancer recreate(Muster muster, @Nullable Balancer old) {
        try {
            return create(muster.candidates(), old);
        } catch (RuntimeException e) {
            complain(e);
            return old;
        }
    }

    private @Nullable Balancer create(List<Peer> candidates, @Nullable Balancer previous) {
        return candidates.isEmpty()
                ? previous
                : options.balancer()
                        .create(new BalancerContext(
                                peers, candidates, previous, options.nanoClock(), options.random()));
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
