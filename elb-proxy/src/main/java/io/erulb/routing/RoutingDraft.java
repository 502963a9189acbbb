package io.erulb.routing;

import io.erulb.routing.RoutingChange.Edit;
import io.erulb.routing.RoutingChange.PutDomain;
import io.erulb.routing.RoutingChange.PutPolicy;
import io.erulb.routing.RoutingChange.PutServer;
import io.erulb.routing.RoutingChange.PutUpstream;
import io.erulb.routing.RoutingChange.RemoveDomain;
import io.erulb.routing.RoutingChange.RemovePolicy;
import io.erulb.routing.RoutingChange.RemoveServer;
import io.erulb.routing.RoutingChange.RemoveUpstream;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.rules.Fault;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import io.erulb.upstream.ServerFault;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.ServerSpecException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * The next configuration while it is being written: the present one, which edits are applied to. An edit that is bad leaves
 * what was there and adds its faults. Costs as much as its edits, however much is configured beside. Call from one thread.
 */
final class RoutingDraft {
    /** Edits from which on all processors compile. */
    private static final int MANY = 64;

    private final FilterTypes filters;
    private final long version;
    private final PolicyDraft policies;
    private final Map<String, ConfiguredUpstream> upstreamsBefore;
    private final SortedSet<String> changedDomains = new TreeSet<>();

    /** The servers of those upstreams that edits are of, null where the upstream goes. */
    private final SortedMap<String, @Nullable Map<String, String>> upstreams = new TreeMap<>();

    private final List<RoutingFault> faults = new ArrayList<>();
    private final Set<Place> settled = new HashSet<>();
    private final Map<PutDomain, RuleGraph> ahead = new ConcurrentHashMap<>();
    private final TreePMap<String, Domain> domainsBefore;
    private TreePMap<String, Domain> domains;
    private boolean looksAgain;

    RoutingDraft(RoutingTable table, RoutingOptions options) {
        this.filters = options.filters();
        this.version = table.version() + 1;
        this.policies = new PolicyDraft(table.content().policies(), options.balancers());
        this.domainsBefore = table.content().domains();
        this.domains = domainsBefore;
        this.upstreamsBefore = table.upstreams();
    }

    /** A domain, an upstream with all its servers, or one server of an upstream. */
    record Place(Kind kind, String name, @Nullable String part) {
        Place whole() {
            return new Place(kind, name, null);
        }
    }

    /** Applies edits one after the other. */
    void apply(List<Edit> edits) {
        if (edits.size() >= MANY) {
            // What compiles and is new; what does not is left to its turn, to be refused.
            edits.parallelStream().forEach(edit -> {
                if (edit instanceof PutDomain put) {
                    compileAhead(put);
                }
            });
        }
        edits.forEach(this::apply);
    }

    private void compileAhead(PutDomain put) {
        try {
            RuleSet rules = RuleSet.parse(put.json());
            Domain old = domains.get(put.domain());
            if (DomainName.faultOf(put.domain()) == null
                    && (old == null || !old.rules().equals(rules))) {
                ahead.put(put, compile(put.domain(), rules));
            }
        } catch (RuleSetException refused) {
            ahead.remove(put);
        }
    }

    private void apply(Edit edit) {
        if (edit instanceof PutDomain put) {
            putDomain(put);
        } else if (edit instanceof RemoveDomain remove) {
            removeDomain(remove.domain());
        } else if (edit instanceof PutUpstream put) {
            putUpstream(put.upstream(), put.servers());
        } else if (edit instanceof RemoveUpstream remove) {
            removeUpstream(remove.upstream());
        } else if (edit instanceof PutServer put) {
            putServer(put.upstream(), put.server(), put.parameters());
        } else if (edit instanceof RemoveServer remove) {
            removeServer(remove.upstream(), remove.server());
        } else if (edit instanceof PutPolicy put) {
            putPolicy(put);
        } else if (edit instanceof RemovePolicy remove) {
            settled.add(new Place(Kind.POLICY, remove.upstream(), null));
            policies.remove(remove.upstream());
        }
    }

    private void putDomain(PutDomain put) {
        String name = put.domain();
        Place place = new Place(Kind.DOMAIN, name, null);
        String nameFault = DomainName.faultOf(name);
        if (nameFault != null) {
            faults.add(RoutingFault.domain(name, nameFault));
            return;
        }
        try {
            RuleGraph compiled = ahead.get(put);
            RuleSet rules = compiled == null ? RuleSet.parse(put.json()) : compiled.document();
            Domain old = domains.get(name);
            if (old == null || !old.rules().equals(rules)) {
                domains = domains.plus(name, new Domain(name, compiled == null ? compile(name, rules) : compiled));
                changedDomains.add(name);
            }
            settled.add(place);
        } catch (RuleSetException refused) {
            refused.faults().forEach(fault -> faults.add(ofDomain(name, fault)));
        }
    }

    /** Limits and counters go on from the graph in force, whatever the edits before this one did to the domain. */
    private RuleGraph compile(String name, RuleSet rules) {
        Domain before = domainsBefore.get(name);
        RuleGraph graph = RuleGraph.compile(name, rules, filters, before == null ? null : before.graph());
        graph.startCounting(version);
        return graph;
    }

    private static RoutingFault ofDomain(String domain, Fault fault) {
        return new RoutingFault(Kind.DOMAIN, domain, fault.rule(), fault.field(), fault.value(), fault.message());
    }

    private void removeDomain(String name) {
        settled.add(new Place(Kind.DOMAIN, name, null));
        domains = domains.minus(name);
        changedDomains.add(name);
    }

    private void putUpstream(String name, Map<String, String> servers) {
        boolean good = goodUpstreamName(name, null);
        for (Map.Entry<String, String> server : servers.entrySet()) {
            good &= goodServer(name, server.getKey(), server.getValue());
        }
        if (!good) {
            return;
        }
        settled.add(new Place(Kind.UPSTREAM, name, null));
        if (!same(servers, servers(name))) {
            upstreams.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(servers)));
        }
    }

    /** Whether two upstreams have the same servers, as written and in the same order. */
    static boolean same(Map<String, String> servers, @Nullable Map<String, String> others) {
        return others != null && List.copyOf(servers.entrySet()).equals(List.copyOf(others.entrySet()));
    }

    private void removeUpstream(String name) {
        settled.add(new Place(Kind.UPSTREAM, name, null));
        upstreams.put(name, null);
    }

    private void putServer(String upstream, String server, String parameters) {
        if (!goodUpstreamName(upstream, server) || !goodServer(upstream, server, parameters)) {
            return;
        }
        Map<String, String> servers = copyOfServers(upstream);
        String old = servers.put(server, parameters);
        settled.add(new Place(Kind.UPSTREAM, upstream, server));
        if (!parameters.equals(old)) {
            upstreams.put(upstream, Collections.unmodifiableMap(servers));
        }
    }

    private void removeServer(String upstream, String server) {
        settled.add(new Place(Kind.UPSTREAM, upstream, server));
        Map<String, String> servers = copyOfServers(upstream);
        if (servers.remove(server) == null) {
            return;
        }
        upstreams.put(upstream, servers.isEmpty() ? null : Collections.unmodifiableMap(servers));
    }

    private Map<String, String> copyOfServers(String upstream) {
        Map<String, String> servers = servers(upstream);
        return servers == null ? new LinkedHashMap<>() : new LinkedHashMap<>(servers);
    }

    private void putPolicy(PutPolicy put) {
        if (goodName(Kind.POLICY, put.upstream(), null) && policies.put(put, faults)) {
            settled.add(new Place(Kind.POLICY, put.upstream(), null));
        }
    }

    private boolean goodUpstreamName(String name, @Nullable String server) {
        return goodName(Kind.UPSTREAM, name, server);
    }

    private boolean goodName(Kind kind, String name, @Nullable String part) {
        boolean good = !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || c == '/' || c == 0x7f);
        if (!good) {
            faults.add(new RoutingFault(
                    kind,
                    name,
                    part,
                    null,
                    null,
                    "the name of an upstream has no blanks, slashes or control characters, and at least 1"));
        }
        return good;
    }

    private boolean goodServer(String upstream, String server, String parameters) {
        try {
            ServerSpec.parse(server, parameters);
            return true;
        } catch (ServerSpecException refused) {
            refused.faults().forEach(fault -> faults.add(ofServer(upstream, server, fault)));
            return false;
        }
    }

    private static RoutingFault ofServer(String upstream, String server, ServerFault fault) {
        return new RoutingFault(
                Kind.UPSTREAM, upstream, server, fault.parameter(), fault.value(), "expected: " + fault.expected());
    }

    List<RoutingFault> faults() {
        return faults;
    }

    /** What got a good value or was removed, so that an earlier fault of it is over. */
    Set<Place> settled() {
        return settled;
    }

    TreePMap<String, Domain> domains() {
        return domains;
    }

    /** Those that edits are of, in the order of their names; they may be as they were nevertheless. */
    Set<String> changedDomains() {
        return changedDomains;
    }

    /** An upstream's servers with their parameters, as written; null when none of this name is configured. */
    @Nullable
    Map<String, String> servers(String upstream) {
        if (upstreams.containsKey(upstream)) {
            return upstreams.get(upstream);
        }
        ConfiguredUpstream before = upstreamsBefore.get(upstream);
        return before == null ? null : before.parameters();
    }

    /** Those that edits are of, in the order of their names; they may be as they were nevertheless. */
    Set<String> changedUpstreams() {
        return upstreams.keySet();
    }

    /** Of upstreams. */
    PolicyDraft policies() {
        return policies;
    }

    /** Takes in as well what names are looked up to now. */
    void lookAgain() {
        looksAgain = true;
    }

    boolean looksAgain() {
        return looksAgain;
    }
}
