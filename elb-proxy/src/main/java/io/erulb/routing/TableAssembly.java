package io.erulb.routing;

import static io.erulb.routing.PersistentMaps.with;

import io.erulb.routing.RoutingTable.Content;
import io.erulb.routing.policy.Policy;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Makes a draft's text into live upstreams, keeping each upstream that did not change and the peers' state of each that
 * did, and finds what the result lives with. Looks at what changes and at what is wrong, and not at all there is. Called by
 * one writer at a time.
 */
final class TableAssembly {
    private final RoutingOptions options;
    private final Names names;

    /** Whether names are looked up that the table in force does not have. */
    private boolean others;

    TableAssembly(RoutingOptions options, Names names) {
        this.options = options;
        this.names = names;
    }

    Assembled assemble(RoutingDraft draft, RoutingTable before, List<RoutingProblem> setAside) {
        Content old = before.content();
        Outline outline = outline(draft, before);
        TreePMap<String, ConfiguredUpstream> upstreams = old.upstreams();
        TreePMap<String, Upstream> hosts = old.hosts();
        TreePMap<String, Policy> policies = draft.policies().policies();
        Map<String, @Nullable Target> targets = new HashMap<>();
        for (Map.Entry<String, List<ResolvedServer>> touched : outline.touched().entrySet()) {
            String name = touched.getKey();
            Policy policy = policies.getOrDefault(name, Policy.NONE);
            Wanted wanted = new Wanted(name, touched.getValue(), policy.applyTo(options.upstreams()));
            ConfiguredUpstream upstream = upstream(wanted, draft.servers(name), old);
            Upstream host = upstream == null ? host(wanted, old) : null;
            upstreams = with(upstreams, name, upstream);
            hosts = with(hosts, name, host);
            Upstream live = upstream == null ? host : upstream.live();
            targets.put(name, live == null ? null : target(live, policy));
        }
        List<RoutingProblem> problems = new Findings(old.problems(), options.clock()).of(setAside, outline.faults());
        Content content = new Content(
                draft.domains(),
                upstreams,
                hosts,
                policies,
                outline.index(),
                old.targets().with(targets),
                outline.wiring(),
                outline.unresolved(),
                problems);
        forgetNames(content.wiring());
        return Assembled.of(
                old,
                content,
                draft.changedDomains(),
                outline.touched().keySet(),
                draft.policies().changed());
    }

    private Target target(Upstream live, Policy policy) {
        return new Target(live, policy, Affinity.of(policy.sticky(), live, options.stickySecret()));
    }

    /** An upstream or host to be made, if it is one. */
    private record Wanted(String name, List<ResolvedServer> servers, UpstreamOptions options) {
        Upstream live(@Nullable Upstream old) {
            return old == null ? Upstream.of(name, servers, options) : old.with(servers, options);
        }
    }

    /** What the configuration would live with if this became a table; looks names up and makes nothing. */
    List<RoutingFault> problems(RoutingDraft draft, RoutingTable before) {
        return outline(draft, before).faults();
    }

    @SuppressWarnings("ReferenceEquality") // The same object where no names changed.
    private Outline outline(RoutingDraft draft, RoutingTable before) {
        Content old = before.content();
        Rewiring rewiring = new Rewiring(before, draft);
        others |= rewiring.wiring().lookedUp() != old.wiring().lookedUp();
        names.prepare(namesIn(rewiring));
        SortedMap<String, List<ResolvedServer>> touched = new TreeMap<>();
        rewiring.touched().forEach((name, servers) -> touched.put(name, resolve(servers)));
        return new Outline(
                draft, touched, index(draft, old.index()), rewiring.wiring(), unresolved(touched, old.unresolved()));
    }

    private static DomainIndex index(RoutingDraft draft, DomainIndex before) {
        Map<String, @Nullable Domain> changes = new HashMap<>();
        draft.changedDomains().forEach(name -> changes.put(name, draft.domains().get(name)));
        return changes.isEmpty() ? before : before.with(changes);
    }

    private static TreePMap<String, List<ResolvedServer>> unresolved(
            Map<String, List<ResolvedServer>> touched, TreePMap<String, List<ResolvedServer>> before) {
        TreePMap<String, List<ResolvedServer>> unresolved = before;
        for (Map.Entry<String, List<ResolvedServer>> upstream : touched.entrySet()) {
            List<ResolvedServer> servers = upstream.getValue().stream()
                    .filter(server -> server.addresses().isEmpty())
                    .toList();
            unresolved = with(unresolved, upstream.getKey(), servers.isEmpty() ? null : servers);
        }
        return unresolved;
    }

    private void forgetNames(Wiring wiring) {
        if (others) {
            Set<String> wanted = new HashSet<>();
            wiring.lookedUp().values().forEach(wanted::addAll);
            names.retain(wanted);
            others = false;
        }
    }

    private static Set<String> namesIn(Rewiring rewiring) {
        Set<String> hosts = new HashSet<>();
        rewiring.touched()
                .keySet()
                .forEach(name -> hosts.addAll(rewiring.wiring().lookedUp().getOrDefault(name, Set.of())));
        return hosts;
    }

    private static @Nullable ConfiguredUpstream upstream(
            Wanted wanted, @Nullable Map<String, String> parameters, Content before) {
        if (parameters == null) {
            return null;
        }
        String name = wanted.name();
        ConfiguredUpstream old = before.upstreams().get(name);
        Upstream live = wanted.live(old == null ? null : old.live());
        boolean same = old != null && old.live() == live && old.parameters().equals(parameters);
        return same ? old : new ConfiguredUpstream(name, parameters, live);
    }

    /** The upstream of one server that a rule names by its address, unless that has none. */
    private static @Nullable Upstream host(Wanted wanted, Content before) {
        List<ResolvedServer> servers = wanted.servers();
        boolean found = !servers.isEmpty() && !servers.get(0).addresses().isEmpty();
        return found ? wanted.live(before.hosts().get(wanted.name())) : null;
    }

    private List<ResolvedServer> resolve(List<ServerSpec> specs) {
        return specs.stream().map(this::resolve).toList();
    }

    private ResolvedServer resolve(ServerSpec spec) {
        if (spec.literal()) {
            return ResolvedServer.literal(spec);
        }
        return new ResolvedServer(
                spec,
                names.addresses(spec.host()).stream()
                        .map(address -> new InetSocketAddress(address, spec.port()))
                        .toList());
    }
}
