package io.erulb.routing;

import io.erulb.routing.RoutingFault.Kind;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.Upstream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Collects what a table lives with. A finding that the table before had keeps its time. */
final class Findings {
    private final List<RoutingProblem> problems;
    private final Map<RoutingFault, RoutingProblem> known = new HashMap<>();
    private final Instant now;

    Findings(List<RoutingProblem> before, List<RoutingProblem> setAside, Clock clock) {
        this.problems = new ArrayList<>(setAside);
        this.now = clock.instant();
        before.forEach(problem -> known.putIfAbsent(problem.fault(), problem));
    }

    void of(
            DomainIndex index,
            Collection<Domain> domains,
            Map<String, ConfiguredUpstream> upstreams,
            Map<String, Upstream> hosts) {
        betweenDomains(index, domains, name -> upstreams.containsKey(name) || hosts.containsKey(name))
                .forEach(this::add);
        upstreams
                .values()
                .forEach(upstream -> upstream.live().servers().stream()
                        .filter(server -> server.addresses().isEmpty())
                        .forEach(server -> add(unresolved(upstream.name(), server))));
    }

    /** Domains that hide each other, and rules that name upstreams which are not known. */
    static List<RoutingFault> betweenDomains(
            DomainIndex index, Collection<Domain> domains, Predicate<String> knownUpstream) {
        List<RoutingFault> found = new ArrayList<>(index.shadowed());
        for (Domain domain : domains) {
            for (String name : domain.graph().upstreams()) {
                if (!knownUpstream.test(name)) {
                    found.add(unknownUpstream(domain.name(), name));
                }
            }
        }
        return found;
    }

    private static RoutingFault unknownUpstream(String domain, String name) {
        return new RoutingFault(
                Kind.DOMAIN,
                domain,
                null,
                "servername",
                name,
                "no upstream is named " + name + " and no host is either");
    }

    /** That a server's name has no address. */
    static RoutingFault unresolved(String upstream, ResolvedServer server) {
        return RoutingFault.upstream(
                upstream, server.spec().address(), "the name " + server.spec().host() + " does not resolve");
    }

    private void add(RoutingFault fault) {
        problems.add(known.getOrDefault(fault, new RoutingProblem(fault, 0, now)));
    }

    List<RoutingProblem> problems() {
        return problems;
    }
}
