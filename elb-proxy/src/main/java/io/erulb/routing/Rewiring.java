package io.erulb.routing;

import static io.erulb.routing.PersistentMaps.with;

import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.ServerSpecException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** Follows a draft from the wiring of the table before to its own. Looks no name up. For one use. */
final class Rewiring {
    private final RoutingDraft draft;
    private final SortedMap<String, List<ServerSpec>> touched = new TreeMap<>();
    private TreePMap<String, TreePSet<String>> named;
    private TreePSet<String> missing;
    private TreePSet<String> unused;
    private TreePMap<String, Set<String>> lookedUp;

    Rewiring(RoutingTable before, RoutingDraft draft) {
        Wiring wiring = before.content().wiring();
        this.draft = draft;
        this.named = wiring.named();
        this.missing = wiring.missing();
        this.unused = wiring.unused();
        this.lookedUp = wiring.lookedUp();
        Set<String> names = new TreeSet<>(draft.changedUpstreams());
        names.addAll(recount(before.domains()));
        names.addAll(draft.policies().changed());
        if (draft.looksAgain()) {
            names.addAll(lookedUp.keySet());
        }
        names.forEach(this::touch);
    }

    /** Answers what comes to be named and what is named no more. */
    private Set<String> recount(Map<String, Domain> before) {
        TreePMap<String, TreePSet<String>> namedBefore = named;
        Set<String> toggled = new HashSet<>();
        for (String domain : draft.changedDomains()) {
            Set<String> gone = namedBy(before.get(domain));
            Set<String> come = namedBy(draft.domains().get(domain));
            gone.forEach(name -> named = with(named, name, without(domain, named.get(name))));
            come.forEach(name -> named = named.plus(name, and(domain, named.get(name))));
            toggled.addAll(gone);
            toggled.addAll(come);
        }
        toggled.removeIf(name -> namedBefore.containsKey(name) == named.containsKey(name));
        return toggled;
    }

    private static Set<String> namedBy(@Nullable Domain domain) {
        return domain == null ? Set.of() : domain.graph().upstreams();
    }

    private static TreePSet<String> and(String domain, @Nullable TreePSet<String> others) {
        return others == null ? TreePSet.singleton(domain) : others.plus(domain);
    }

    private static @Nullable TreePSet<String> without(String domain, @Nullable TreePSet<String> domains) {
        TreePSet<String> others = domains == null ? TreePSet.empty() : domains.minus(domain);
        return others.isEmpty() ? null : others;
    }

    private void touch(String name) {
        Map<String, String> configured = draft.servers(name);
        boolean wanted = configured != null || named.containsKey(name);
        List<ServerSpec> servers = configured != null ? specs(configured) : wanted ? hostNamed(name) : List.of();
        touched.put(name, servers);
        boolean unknown = wanted && configured == null && servers.isEmpty();
        missing = unknown ? missing.plus(name) : missing.minus(name);
        boolean idle = !wanted && draft.policies().policies().containsKey(name);
        unused = idle ? unused.plus(name) : unused.minus(name);
        Set<String> hosts = hostsIn(servers);
        if (!hosts.equals(lookedUp.getOrDefault(name, Set.of()))) {
            lookedUp = with(lookedUp, name, hosts.isEmpty() ? null : hosts);
        }
    }

    private static Set<String> hostsIn(List<ServerSpec> servers) {
        return servers.stream()
                .filter(server -> !server.literal())
                .map(ServerSpec::host)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<ServerSpec> specs(Map<String, String> servers) {
        return servers.entrySet().stream()
                .map(server -> ServerSpec.parse(server.getKey(), server.getValue()))
                .toList();
    }

    /** The one server that a name is, or none when it is no address. */
    private static List<ServerSpec> hostNamed(String name) {
        try {
            return List.of(ServerSpec.parse(name, ""));
        } catch (ServerSpecException notAnAddress) {
            return List.of();
        }
    }

    /**
     * The upstreams and hosts that may differ from before, with their servers; without servers also those that are gone and
     * those that are no address.
     */
    SortedMap<String, List<ServerSpec>> touched() {
        return touched;
    }

    Wiring wiring() {
        return new Wiring(named, missing, unused, lookedUp);
    }
}
