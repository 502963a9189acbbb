package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import io.erulb.upstream.spi.Selection;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A named group of servers that requests are spread over.
 *
 * <p>Its set of peers never changes; {@link #with} answers another upstream, in which peers of the same address keep
 * what is remembered of them: failures, attempts under way, their place in the balancer's order. The old one goes on
 * working, for requests that still hold it or for good.
 *
 * <pre>{@code
 * Upstream blog = Upstream.of("blog", servers, UpstreamOptions.defaults());
 * Attempt attempt = blog.pick(null);
 * // ... send the request to attempt.peer().address() ...
 * attempt.failed(Failure.CONNECT);
 * Attempt again = blog.pick(attempt); // another peer
 * }</pre>
 *
 * <p>Safe for use by many threads; nothing here locks or blocks.
 */
public final class Upstream {
    private final String name;
    private final List<ResolvedServer> servers;
    private final UpstreamOptions options;
    private final UpstreamState state;
    private final List<Peer> peers;
    private final Tier primaries;
    private final Tier backups;

    /**
     * An upstream whose servers nothing is known of yet.
     *
     * @param servers in the order of the rotation; may be empty, and then {@link #pick} finds nothing
     * @throws RuntimeException what the balancer's provider throws when it can't make one
     */
    public static Upstream of(String name, List<ResolvedServer> servers, UpstreamOptions options) {
        return new Upstream(
                requireNonNull(name, "name"), List.copyOf(servers), requireNonNull(options, "options"), null);
    }

    private Upstream(String name, List<ResolvedServer> servers, UpstreamOptions options, @Nullable Upstream old) {
        this.name = name;
        this.servers = servers;
        this.options = options;
        this.state = old == null ? new UpstreamState(name, options.nanoClock()) : old.state;
        this.peers = peers(old == null ? List.of() : old.peers);
        this.primaries = tier(peer -> !peer.spec().backup(), old == null ? null : old.primaries);
        this.backups = tier(peer -> peer.spec().backup(), old == null ? null : old.backups);
        if (options.hedge() != null) {
            state.beginHedging();
        }
        state.configured(this);
    }

    /**
     * This upstream with other servers; itself when they are equal to its own. The old one is not touched.
     *
     * @throws RuntimeException what the balancer's provider throws when it can't make one
     */
    public Upstream with(List<ResolvedServer> servers) {
        return with(servers, options);
    }

    /**
     * This upstream with other servers and other options; itself when both are equal to its own. The old one is not touched.
     *
     * @throws RuntimeException what the balancer's provider throws when it can't make one
     */
    public Upstream with(List<ResolvedServer> servers, UpstreamOptions options) {
        return servers.equals(this.servers) && options.equals(this.options)
                ? this
                : new Upstream(name, List.copyOf(servers), requireNonNull(options, "options"), this);
    }

    /** The upstream that was last made of this one, or of one that was: what a request that has waited for long should go by. */
    public Upstream newest() {
        Upstream known = state.newest();
        return known == null ? this : known;
    }

    /** The upstream's name. */
    public String name() {
        return name;
    }

    /** The servers as given. */
    public List<ResolvedServer> servers() {
        return servers;
    }

    /** One peer for each address of each server, in their order; those of servers marked down too. */
    public List<Peer> peers() {
        return peers;
    }

    /**
     * Starts an attempt at a peer the request has not tried. Servers marked down, left out after failures or at their
     * limit of attempts are passed over; backups come only when no primary can be tried. When failures have every server
     * left out, all count as in again, primaries first: an attempt may fail, a refusal surely does. There is none either when it
     * would not be the request's first, and the upstream has a budget of such ones that is used up.
     *
     * @param previous the request's last attempt, null for its first; it need not have ended
     * @return to be ended by its caller; null when there is no peer to try
     */
    public @Nullable Attempt pick(@Nullable Attempt previous) {
        return pick(previous, Selection.NO_KEY);
    }

    /**
     * The same for a request that is known by a key: where the balancer goes by it, the same key goes to the same server as
     * long as that can be.
     *
     * @param key a hash over all 64 bits; {@link Selection#NO_KEY} for none
     */
    public @Nullable Attempt pick(@Nullable Attempt previous, long key) {
        if (!hasBudget()) {
            return pickAny(previous, key);
        }
        long now = options.nanoClock().getAsLong();
        if (previous != null && !mayRetry(now)) {
            return null;
        }
        Attempt attempt = pickAny(previous, key);
        if (attempt != null) {
            count(previous != null, now);
        }
        return attempt;
    }

    private boolean hasBudget() {
        return options.retryPercent() > 0 || options.hedge() != null;
    }

    private boolean mayRetry(long now) {
        return options.retryPercent() == 0 || state.retryBudget().allows(options.retryPercent(), now);
    }

    private void count(boolean retry, long now) {
        if (options.retryPercent() > 0) {
            state.retryBudget().count(retry, now);
        }
        Hedging hedging = hedging();
        if (hedging != null && !retry) {
            hedging.budget().count(false, now);
        }
    }

    /**
     * How long after an attempt began a second one is worth its price, by the {@link UpstreamOptions#hedge() rule}: nanoseconds,
     * {@link Long#MAX_VALUE} when there is no rule or too little is known of how long answers take.
     */
    public long hedgeAfterNanos() {
        Hedging hedging = hedging();
        return hedging == null ? RecentLatencies.UNKNOWN : hedging.latencies().percentile();
    }

    private @Nullable Hedging hedging() {
        return options.hedge() == null ? null : state.hedging();
    }

    /**
     * Starts an attempt at a second peer beside one that has yet to answer. There is none when no other peer is in, requests
     * wait for room, or too many such attempts or retries were made lately. Whichever of the two answers later is to be {@link Attempt#outrun}.
     *
     * @param running the request's last attempt, which goes on
     * @param key as {@link #pick(Attempt, long)} takes it
     * @return to be ended by its caller; null when there is to be none
     */
    public @Nullable Attempt pickBeside(Attempt running, long key) {
        HedgeRule rule = options.hedge();
        Hedging hedging = hedging();
        if (rule == null || hedging == null || waiting() > 0) {
            return null;
        }
        long now = options.nanoClock().getAsLong();
        if (!mayRetry(now) || !hedging.budget().allows(rule.maxPercent(), now)) {
            return null;
        }
        Attempt attempt = (running.peer().spec().backup() ? backups : primaries).pickIn(running, key);
        if (attempt != null) {
            hedging.budget().count(true, now);
            count(true, now);
        }
        return attempt;
    }

    /**
     * Starts a request's first attempt at a peer that its client is bound to, whatever the balancer says, also when it is marked
     * {@code drain}.
     *
     * @param bound one of {@link #peers()}
     * @return to be ended by its caller; null when the peer is down, left out or full, and {@link #pick} is to choose another
     */
    public @Nullable Attempt pickBound(Peer bound) {
        if (!bound.admitsBound()) {
            return null;
        }
        Attempt attempt = bound.begin(null, false);
        if (attempt != null && hasBudget()) {
            count(false, options.nanoClock().getAsLong());
        }
        return attempt;
    }

    private @Nullable Attempt pickAny(@Nullable Attempt previous, long key) {
        Attempt attempt = primaries.pick(previous, key);
        if (attempt == null) {
            attempt = backups.pick(previous, key);
        }
        return attempt == null && primaries.allOut() && backups.allOut() ? pickEvenIfOut(previous, key) : attempt;
    }

    /**
     * Whether a server that could be tried otherwise has no room: why {@link #pick} found nothing, as far as can be told
     * afterwards. Looks at every peer.
     */
    public boolean full() {
        return peers.stream().anyMatch(peer -> peer.inUse() && !peer.leftOut() && peer.full());
    }

    /** Whether the next request that comes may go to a peer of this upstream, as far as can be told before. Looks at every peer. */
    public Standing standing(Peer peer) {
        return Standing.of(peer, primaries, backups);
    }

    /** Whether a server is in, be it full or not. Looks at every peer. */
    public boolean anyIn() {
        return peers.stream().anyMatch(peer -> peer.inUse() && !peer.leftOut());
    }

    /** Whether a server could be tried at this moment. Looks at every peer. */
    public boolean hasRoom() {
        return peers.stream().anyMatch(peer -> peer.admits(false));
    }

    /**
     * Waits for room at a server.
     *
     * @param most how many may wait at a time
     * @param room called when there may be room, by whoever made it, on any thread; must return at once. Not called again before
     *     {@link Waiting#looks}
     * @return null when as many wait already
     */
    public @Nullable Waiting await(int most, Runnable room) {
        return state.waitingRoom().enter(most, room);
    }

    /** Tells one of those who wait of room, if there is any. */
    public void tellOfRoom() {
        if (newest().hasRoom()) {
            state.waitingRoom().tellOne();
        }
    }

    /** How many requests wait for room. */
    public int waiting() {
        return state.waitingRoom().size();
    }

    private @Nullable Attempt pickEvenIfOut(@Nullable Attempt previous, long key) {
        Attempt attempt = primaries.pickEvenIfOut(previous, key);
        return attempt == null ? backups.pickEvenIfOut(previous, key) : attempt;
    }

    private Tier tier(Predicate<Peer> members, @Nullable Tier previous) {
        return new Tier(peers.stream().filter(members).toList(), options, state.changes(), previous);
    }

    private List<Peer> peers(List<Peer> before) {
        Map<InetSocketAddress, PeerState> states = new HashMap<>();
        before.forEach(peer -> states.put(peer.address(), peer.state()));
        boolean only =
                servers.stream().mapToInt(server -> server.addresses().size()).sum() == 1;
        List<Peer> made = new ArrayList<>();
        for (ResolvedServer server : servers) {
            PeerRules rules = PeerRules.of(server.spec(), options, only);
            for (InetSocketAddress address : server.addresses()) {
                PeerState known = states.computeIfAbsent(address, unknown -> new PeerState(state));
                if (rules.checks() == HealthOptions.Checks.NONE) {
                    known.forgetChecks();
                }
                made.add(new Peer(address, server.spec(), known, rules));
            }
        }
        return unchanged(made, before);
    }

    /** Puts the old object wherever a peer is as it was. */
    private static List<Peer> unchanged(List<Peer> made, List<Peer> before) {
        Map<Peer.Likeness, Peer> old = new HashMap<>();
        before.forEach(peer -> old.putIfAbsent(peer.likeness(), peer));
        return made.stream()
                .map(peer -> {
                    Peer same = old.remove(peer.likeness());
                    return same == null ? peer : same;
                })
                .toList();
    }
}
