package io.erulb.upstream;

import io.erulb.upstream.Conduct.Ejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a peer is. Immutable.
 *
 * @param state in a word
 * @param reason why, in a few words; empty where there is nothing to say
 * @param age how long it has been so; null where that is not known
 */
public record PeerHealth(
        State state, String reason, @Nullable Duration age) {

    /** Whether requests go to a peer, and why not. */
    public enum State {
        /** They do. */
        UP,
        /** They do, but fewer than its weight says: it came, or came back, lately. */
        STARTING,
        /** New ones do not; it is marked {@code drain}. */
        DRAINING,
        /** They do not; it is marked {@code down}. */
        DOWN,
        /** They do not: its checks failed. */
        CHECKS_FAILED,
        /** They do not: it was not checked yet. */
        NOT_CHECKED,
        /** They do not: it is ejected for what it answered. */
        EJECTED,
        /** They do not: it failed too often. */
        FAILED
    }

    static PeerHealth of(Peer peer) {
        if (!peer.inUse()) {
            return new PeerHealth(peer.spec().down() ? State.DOWN : State.DRAINING, "as configured", null);
        }
        long now = peer.state().upstream().now();
        CheckRecord checks = peer.state().checks();
        if (peer.checkedOut()) {
            return checks.verdict() == null
                    ? new PeerHealth(State.NOT_CHECKED, checks.reason(), null)
                    : new PeerHealth(State.CHECKS_FAILED, checks.reason(), age(now, checks.since()));
        }
        Ejection ejection = peer.state().conduct().ejection();
        if (peer.ejected()) {
            return new PeerHealth(State.EJECTED, ejection.reason(), age(now, ejection.at()));
        }
        return peer.leftOut() ? failed(peer, now) : in(peer, now);
    }

    private static PeerHealth failed(Peer peer, long now) {
        Failure last = peer.lastFailure();
        int fails = peer.fails();
        String reason =
                fails + (fails == 1 ? " failure" : " failures") + (last == null ? "" : ", the last one: " + last);
        return new PeerHealth(
                State.FAILED, reason, age(now, peer.state().failures().lastAt()));
    }

    private static PeerHealth in(Peer peer, long now) {
        int percent = peer.rampPercent(now);
        return percent < Ramp.FULL
                ? new PeerHealth(State.STARTING, percent + " % of its weight", null)
                : new PeerHealth(State.UP, "", null);
    }

    private static Duration age(long now, long since) {
        return Duration.ofNanos(Math.max(0, now - since));
    }
}
