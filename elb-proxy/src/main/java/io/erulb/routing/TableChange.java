package io.erulb.routing;

import io.erulb.upstream.Peer;
import io.erulb.upstream.Upstream;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The step from one table to the next. Immutable.
 *
 * @param before the table that was in force
 * @param after the table that came into force
 * @param domains the names of those domains that differ, come or go
 * @param upstreams the same of upstreams, and of hosts that rules name
 * @param policies the names of those upstreams whose policies differ, come or go
 */
public record TableChange(
        RoutingTable before, RoutingTable after, Set<String> domains, Set<String> upstreams, Set<String> policies) {

    /** Whether a domain goes. */
    public boolean removesDomain() {
        return domains.stream().anyMatch(name -> !after.domains().containsKey(name));
    }

    /** Whether an address of a server goes from an upstream; another one may have it still. */
    public boolean removesAddress() {
        return upstreams.stream()
                .anyMatch(name -> !addresses(after.upstream(name)).containsAll(addresses(before.upstream(name))));
    }

    private static Set<InetSocketAddress> addresses(@Nullable Upstream upstream) {
        return upstream == null
                ? Set.of()
                : upstream.peers().stream().map(Peer::address).collect(Collectors.toSet());
    }
}
