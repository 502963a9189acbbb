package io.erulb.routing;

import static java.util.Objects.requireNonNull;

import io.erulb.upstream.ResolvedServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What follows from a draft before anything live is made of it. Immutable.
 *
 * @param draft the draft
 * @param touched the upstreams and hosts that may differ from the table before, in the order of their names, with their
 *     servers; without servers also those that are gone and those that are no address
 * @param index finds the draft's domains
 * @param wiring of the draft
 * @param unresolved the servers without an address of those upstreams and hosts that have such ones
 */
record Outline(
        RoutingDraft draft,
        SortedMap<String, List<ResolvedServer>> touched,
        DomainIndex index,
        Wiring wiring,
        TreePMap<String, List<ResolvedServer>> unresolved) {

    /** What the configuration would live with. */
    List<RoutingFault> faults() {
        List<RoutingFault> faults = new ArrayList<>(index.shadowed());
        addUnknown(faults);
        wiring.unused().forEach(name -> faults.add(unused(name)));
        unresolved.forEach((name, servers) -> {
            if (draft.servers(name) != null) {
                servers.forEach(server -> faults.add(unresolved(name, server)));
            }
        });
        return faults;
    }

    private void addUnknown(List<RoutingFault> faults) {
        Set<String> unknown = new HashSet<>(wiring.missing());
        unresolved.keySet().stream().filter(name -> draft.servers(name) == null).forEach(unknown::add);
        SortedSet<String> domains = new TreeSet<>();
        unknown.forEach(name -> domains.addAll(wiring.named().getOrDefault(name, TreePSet.empty())));
        for (String domain : domains) {
            for (String name :
                    requireNonNull(draft.domains().get(domain)).graph().upstreams()) {
                if (unknown.contains(name)) {
                    faults.add(unknown(domain, name));
                }
            }
        }
    }

    private static RoutingFault unknown(String domain, String upstream) {
        return new RoutingFault(
                RoutingFault.Kind.DOMAIN,
                domain,
                null,
                "servername",
                upstream,
                "no upstream is named " + upstream + " and no host is either");
    }

    private static RoutingFault unused(String policy) {
        return new RoutingFault(
                RoutingFault.Kind.POLICY,
                policy,
                null,
                null,
                null,
                "no upstream is named " + policy + " and no rule names such a host, so nothing goes by it");
    }

    private static RoutingFault unresolved(String upstream, ResolvedServer server) {
        return RoutingFault.upstream(
                upstream, server.spec().address(), "the name " + server.spec().host() + " does not resolve");
    }
}
