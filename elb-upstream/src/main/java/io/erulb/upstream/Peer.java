package io.erulb.upstream;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One address of a server, as it lives: its configuration, which never changes, and what is remembered of it, which
 * outlives every change of configuration that keeps the address. Compared by identity; an {@link Upstream#with update}
 * that changes nothing about a peer keeps the object. Safe for use by many threads; nothing here locks.
 */
public final class Peer {
    private final InetSocketAddress address;
    private final ServerSpec spec;
    private final PeerState state;
    private final FailureRule rule;
    private final int maxConns;

    /**
     * {@code rule} says when the peer is left out, which an only peer never is; {@code usualMaxConns} counts where the
     * server has no limit of its own.
     */
    Peer(InetSocketAddress address, ServerSpec spec, PeerState state, FailureRule rule, int usualMaxConns) {
        this.address = address;
        this.spec = spec;
        this.state = state;
        this.rule = rule;
        this.maxConns = spec.maxConns() > 0 ? spec.maxConns() : usualMaxConns;
    }

    /** Where to connect to; always resolved. */
    public InetSocketAddress address() {
        return address;
    }

    /** The server this peer is an address of. */
    public ServerSpec spec() {
        return spec;
    }

    /** Attempts under way, also those begun under an earlier configuration. */
    public long active() {
        return state.inFlight().count();
    }

    /** Whether as many attempts are under way as may be: by the server's {@code max_conns}, else the upstream's. */
    public boolean full() {
        return state.inFlight().full(maxConns);
    }

    /** Failures remembered, as {@code max_fails} counts them. */
    public int fails() {
        return state.failures().fails();
    }

    /** How the peer last failed; null when no failure is remembered. */
    public @Nullable Failure lastFailure() {
        return state.failures().last();
    }

    /** Whether the peer is left out for now because of its failures. A server marked {@code down} isn't meant. */
    public boolean leftOut() {
        return state.failures().out(rule);
    }

    /** The server's address as configured and, for a name, what it resolves to. */
    @Override
    public String toString() {
        return spec.literal() ? spec.address() : spec.address() + " at " + address;
    }

    /** What makes two peers the same but for being two objects. */
    Likeness likeness() {
        return new Likeness(address, spec, rule);
    }

    PeerState state() {
        return state;
    }

    /** When a peer that is left out can be tried again, on the upstream's clock. */
    long outUntil() {
        return state.failures().outUntil(rule);
    }

    boolean admits(boolean evenIfOut) {
        return !spec.down() && !full() && (evenIfOut || !leftOut());
    }

    /** Starts an attempt, or answers null when another thread took the last room or the one try after the time-out. */
    @Nullable
    Attempt begin(@Nullable Attempt previous, boolean evenIfOut) {
        if (!state.inFlight().enter(maxConns)) {
            return null;
        }
        if (!state.failures().start(rule, evenIfOut)) {
            leave();
            return null;
        }
        return new Attempt(this, previous);
    }

    void succeeded() {
        state.failures().succeeded(rule);
        leave();
    }

    void failed(Failure kind) {
        state.failures().failed(rule, kind);
        leave();
    }

    void leave() {
        state.inFlight().leave(maxConns);
    }

    record Likeness(InetSocketAddress address, ServerSpec spec, FailureRule rule) {}
}
