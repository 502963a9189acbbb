package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import io.erulb.upstream.spi.Balancer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger changes;
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
        this.changes = old == null ? new AtomicInteger() : old.changes;
        this.peers = peers(old == null ? List.of() : old.peers);
        this.primaries = tier(peer -> !peer.spec().backup(), old == null ? null : old.primaries.balancer());
        this.backups = tier(peer -> peer.spec().backup(), old == null ? null : old.backups.balancer());
    }

    /**
     * This upstream with other servers; itself when they are equal to its own. The old one is not touched.
     *
     * @throws RuntimeException what the balancer's provider throws when it can't make one
     */
    public Upstream with(List<ResolvedServer> servers) {
        return servers.equals(this.servers) ? this : new Upstream(name, List.copyOf(servers), options, this);
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
     * left out, all count as in again, primaries first: an attempt may fail, a refusal surely does.
     *
     * @param previous the request's last attempt, null for its first; it need not have ended
     * @return to be ended by its caller; null when there is no peer to try
     */
    public @Nullable Attempt pick(@Nullable Attempt previous) {
        Attempt attempt = primaries.pick(previous);
        if (attempt == null) {
            attempt = backups.pick(previous);
        }
        return attempt == null && primaries.allOut() && backups.allOut() ? pickEvenIfOut(previous) : attempt;
    }

    /**
     * Whether a server that could be tried otherwise has no room: why {@link #pick} found nothing, as far as can be told
     * afterwards. Looks at every peer.
     */
    public boolean full() {
        return peers.stream().anyMatch(peer -> !peer.spec().down() && peer.full());
    }

    private @Nullable Attempt pickEvenIfOut(@Nullable Attempt previous) {
        Attempt attempt = primaries.pickEvenIfOut(previous);
        return attempt == null ? backups.pickEvenIfOut(previous) : attempt;
    }

    private Tier tier(Predicate<Peer> members, @Nullable Balancer previous) {
        return new Tier(peers.stream().filter(members).toList(), options, changes, previous);
    }

    private List<Peer> peers(List<Peer> before) {
        Map<InetSocketAddress, PeerState> states = new HashMap<>();
        before.forEach(peer -> states.put(peer.address(), peer.state()));
        boolean only =
                servers.stream().mapToInt(server -> server.addresses().size()).sum() == 1;
        List<Peer> made = new ArrayList<>();
        for (ResolvedServer server : servers) {
            // nginx never leaves out the only server there is.
            FailureRule rule = only ? FailureRule.NEVER : FailureRule.of(server.spec());
            for (InetSocketAddress address : server.addresses()) {
                PeerState state = states.computeIfAbsent(address, unknown -> new PeerState(options, changes));
                made.add(new Peer(address, server.spec(), state, rule, options.maxConns()));
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
