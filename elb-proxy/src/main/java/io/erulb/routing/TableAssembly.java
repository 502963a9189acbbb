package io.erulb.routing;

import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.ServerSpecException;
import io.erulb.upstream.Upstream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a draft's text into live upstreams, keeping each upstream that did not change and the peers' state of each that
 * did, and finds what the result lives with. Called by one writer at a time.
 */
final class TableAssembly {
    private final RoutingOptions options;
    private final Names names;

    TableAssembly(RoutingOptions options, Names names) {
        this.options = options;
        this.names = names;
    }

    RoutingTable.Content assemble(RoutingDraft draft, RoutingTable before, List<RoutingProblem> setAside) {
        Map<String, List<ServerSpec>> hosts = hostsNamedByRules(draft);
        lookUp(draft, hosts);

        SortedMap<String, ConfiguredUpstream> upstreams = new TreeMap<>();
        draft.upstreams().forEach((name, servers) -> upstreams.put(name, upstream(name, servers, before)));
        Map<String, Upstream> direct = new HashMap<>();
        hosts.forEach((name, specs) -> direct(name, specs, before, direct));

        Findings findings = new Findings(before.problems(), setAside, options.clock());
        DomainIndex index = new DomainIndex(draft.domains().values());
        findings.of(index, draft.domains().values(), upstreams, direct);
        return new RoutingTable.Content(draft.domains(), upstreams, direct, findings.problems(), index);
    }

    /** What the configuration would live with if this became a table; looks names up and makes nothing. */
    List<RoutingFault> problems(RoutingDraft draft) {
        Map<String, List<ServerSpec>> hosts = hostsNamedByRules(draft);
        names.prepare(namesIn(draft, hosts));
        List<RoutingFault> found = Findings.betweenDomains(
                new DomainIndex(draft.domains().values()),
                draft.domains().values(),
                name -> draft.upstreams().containsKey(name) || resolves(hosts.getOrDefault(name, List.of())));
        draft.upstreams()
                .forEach((name, servers) -> resolve(specs(servers)).stream()
                        .filter(server -> server.addresses().isEmpty())
                        .forEach(server -> found.add(Findings.unresolved(name, server))));
        return found;
    }

    private boolean resolves(List<ServerSpec> specs) {
        return resolve(specs).stream().anyMatch(server -> !server.addresses().isEmpty());
    }

    private static List<ServerSpec> specs(Map<String, String> servers) {
        return servers.entrySet().stream()
                .map(server -> ServerSpec.parse(server.getKey(), server.getValue()))
                .toList();
    }

    private static Map<String, List<ServerSpec>> hostsNamedByRules(RoutingDraft draft) {
        Set<String> named = new HashSet<>();
        draft.domains().values().forEach(domain -> named.addAll(domain.graph().upstreams()));
        named.removeAll(draft.upstreams().keySet());
        Map<String, List<ServerSpec>> hosts = new TreeMap<>();
        for (String name : named) {
            ServerSpec spec = hostNamed(name);
            if (spec != null) {
                hosts.put(name, List.of(spec));
            }
        }
        return hosts;
    }

    private static @Nullable ServerSpec hostNamed(String name) {
        try {
            return ServerSpec.parse(name, "");
        } catch (ServerSpecException notAnAddress) {
            return null;
        }
    }

    private void lookUp(RoutingDraft draft, Map<String, List<ServerSpec>> hosts) {
        Set<String> wanted = namesIn(draft, hosts);
        names.retain(wanted);
        names.prepare(wanted);
    }

    private static Set<String> namesIn(RoutingDraft draft, Map<String, List<ServerSpec>> hosts) {
        Set<String> wanted = new HashSet<>();
        draft.upstreams().values().forEach(servers -> addNames(specs(servers), wanted));
        hosts.values().forEach(specs -> addNames(specs, wanted));
        return wanted;
    }

    private static void addNames(List<ServerSpec> specs, Set<String> wanted) {
        specs.stream().filter(spec -> !spec.literal()).map(ServerSpec::host).forEach(wanted::add);
    }

    private ConfiguredUpstream upstream(String name, Map<String, String> parameters, RoutingTable before) {
        ConfiguredUpstream old = before.upstreams().get(name);
        if (old == null) {
            return new ConfiguredUpstream(name, parameters, live(name, resolve(specs(parameters)), null));
        }
        Upstream live = live(name, resolve(specs(parameters)), old.live());
        boolean same = old.live() == live && old.parameters().equals(parameters);
        return same ? old : new ConfiguredUpstream(name, parameters, live);
    }

    private void direct(String name, List<ServerSpec> specs, RoutingTable before, Map<String, Upstream> direct) {
        List<ResolvedServer> servers = resolve(specs);
        if (!servers.get(0).addresses().isEmpty()) {
            direct.put(name, live(name, servers, before.hosts().get(name)));
        }
    }

    private Upstream live(String name, List<ResolvedServer> servers, @Nullable Upstream old) {
        if (old == null) {
            return Upstream.of(name, servers, options.upstreams());
        }
        return old.servers().equals(servers) ? old : old.with(servers);
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
