package io.erulb.upstream;

import io.erulb.upstream.CheckRecord.Verdict;
import io.erulb.upstream.HealthOptions.Checks;
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
    private final PeerRules rules;
    /** Kept beside what they are parts of, since balancers ask for them all the time. */
    private final InFlight inFlight;

    private final FailureWindow failures;
    private final boolean inUse;

    Peer(InetSocketAddress address, ServerSpec spec, PeerState state, PeerRules rules) {
        this.address = address;
        this.spec = spec;
        this.state = state;
        this.rules = rules;
        this.inFlight = state.inFlight();
        this.failures = state.failures();
        this.inUse = !spec.down() && !spec.drain();
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
        return inFlight.count();
    }

    /** Whether as many attempts are under way as may be: by the server's {@code max_conns}, else the upstream's. */
    public boolean full() {
        return inFlight.full(rules.maxConns());
    }

    /**
     * How long the peer takes to begin an answer, in milliseconds, by what attempts {@link Attempt#answered told}: what is
     * recent counts more, and peaks at once. 0 when nothing was told.
     */
    public double latencyMillis() {
        return state.latency().millis();
    }

    /**
     * The same as of when this peer or another was last told of, whichever is later: enough to compare the two, and cheaper, since
     * it needs no clock.
     */
    public double latencyMillisBeside(Peer other) {
        return state.latency().millisBeside(other.state.latency());
    }

    /** Failures remembered, as {@code max_fails} counts them. */
    public int fails() {
        return failures.fails();
    }

    /** How the peer last failed; null when no failure is remembered. */
    public @Nullable Failure lastFailure() {
        return failures.last();
    }

    /** How often it was ejected since it is known. */
    public long ejections() {
        return state.conduct().total();
    }

    /**
     * Whether the peer is left out for now: because of its failures, since it is ejected, or by its checks. A server marked
     * {@code down} or {@code drain} isn't meant.
     */
    public boolean leftOut() {
        return checkedOut() || failures.out(rules.failures()) || ejected();
    }

    /** The share of requests that is in force: the server's weight, or less while it starts slowly. */
    public double weight() {
        return spec.weight() * (double) rampPercent(state.upstream().now()) / Ramp.FULL;
    }

    /** How the peer is, and since when. */
    public PeerHealth health() {
        return PeerHealth.of(this);
    }

    /**
     * Takes in how a check ended; those of one peer are told one after the other. The first one decides by itself whether the
     * peer is in; after that it takes some in a row.
     *
     * @param rise checks in a row that must pass to bring it in
     * @param fall checks in a row that must fail to take it out
     */
    public void checked(CheckResult result, int rise, int fall) {
        boolean wasOut = checkedOut();
        state.checked(result, result.passed() ? rise : fall);
        if (wasOut && !checkedOut()) {
            HealthLog.checkedUp(state.upstream().name(), this);
        } else if (!wasOut && checkedOut()) {
            HealthLog.checkedDown(state.upstream().name(), this, result.reason());
        }
    }

    /** The server's address as configured and, for a name, what it resolves to. */
    @Override
    public String toString() {
        return spec.literal() ? spec.address() : spec.address() + " at " + address;
    }

    /** What makes two peers the same but for being two objects. */
    Likeness likeness() {
        return new Likeness(address, spec, rules);
    }

    PeerState state() {
        return state;
    }

    PeerRules rules() {
        return rules;
    }

    /** Whether new requests may be given to it, as far as its configuration says. */
    boolean inUse() {
        return inUse;
    }

    /** Whether checks have it out, so that no time brings it back but a check that passes. */
    boolean checkedOut() {
        if (rules.checks() == Checks.NONE) {
            return false;
        }
        Verdict verdict = state.checks().verdict();
        return verdict == null ? rules.checks() == Checks.DOWN_AT_FIRST : verdict == Verdict.DOWN;
    }

    /** Whether there is hope that it answers: what checks found down surely does not. */
    boolean mayBeTried() {
        return !checkedOut() || rules.panics();
    }

    boolean ejected() {
        if (rules.ejection() == null) {
            return false;
        }
        Conduct.Ejection ejection = state.conduct().ejection();
        return ejection.made() && ejection.lasts(state.upstream().now());
    }

    /** When a peer that is left out, and not by its checks, can be tried again at the earliest, on the upstream's clock. */
    long outUntil(long now) {
        Conduct.Ejection ejection = state.conduct().ejection();
        boolean byEjection = rules.ejection() != null && ejection.lasts(now);
        if (!failures.out(rules.failures())) {
            // Meanwhile it may be neither any more.
            return byEjection ? ejection.until() : now;
        }
        long byFailures = failures.outUntil(rules.failures());
        return byEjection && byFailures - ejection.until() < 0 ? ejection.until() : byFailures;
    }

    /** The share of its weight, in percent, that is in force. */
    int rampPercent(long now) {
        return rules.slowStartNanos() == 0 ? Ramp.FULL : state.ramp().percent(rules.slowStartNanos(), now);
    }

    boolean admits(boolean evenIfOut) {
        return inUse && !full() && (evenIfOut ? mayBeTried() : !leftOut());
    }

    boolean admitsBound() {
        return !spec.down() && !full() && !leftOut();
    }

    /** Starts an attempt, or answers null when another thread took the last room or the one try after the time-out. */
    @Nullable
    Attempt begin(@Nullable Attempt previous, boolean evenIfOut) {
        if (!inFlight.enter(rules.maxConns())) {
            return null;
        }
        if (!failures.start(rules.failures(), evenIfOut)) {
            leave();
            return null;
        }
        return new Attempt(this, previous);
    }

    void answered(int status, long nanos) {
        state.latency().add(nanos);
        counted(nanos);
        EjectionRule rule = rules.ejection();
        if (rule != null) {
            state.conduct().answered(rule, this, status);
        }
    }

    /** It takes at least so long to begin an answer, if it ever will. */
    void outrun(long nanos) {
        state.latency().addAtLeast(nanos);
        counted(nanos);
        leave();
    }

    private void counted(long nanos) {
        HedgeRule rule = rules.hedge();
        Hedging hedging = rule == null ? null : state.upstream().hedging();
        if (rule != null && hedging != null) {
            hedging.latencies().add(nanos, rule.percentile(), state.upstream().now());
        }
    }

    void succeeded() {
        if (failures.succeeded(rules.failures())) {
            HealthLog.back(state.upstream().name(), this);
        }
        leave();
    }

    void failed(Failure kind) {
        if (failures.failed(rules.failures(), kind)) {
            HealthLog.failedOut(state.upstream().name(), this, kind, rules.failures());
        }
        EjectionRule rule = rules.ejection();
        // A status was told of when it came.
        if (rule != null && kind != Failure.STATUS) {
            state.conduct().failed(rule, this);
        }
        leave();
    }

    void leave() {
        inFlight.leave();
        state.upstream().waitingRoom().tellOne();
    }

    record Likeness(InetSocketAddress address, ServerSpec spec, PeerRules rules) {}
}
