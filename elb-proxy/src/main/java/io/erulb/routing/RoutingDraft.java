package io.erulb.routing;

import io.erulb.routing.RoutingChange.Edit;
import io.erulb.routing.RoutingChange.PutDomain;
import io.erulb.routing.RoutingChange.PutServer;
import io.erulb.routing.RoutingChange.PutUpstream;
import io.erulb.routing.RoutingChange.RemoveDomain;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The next configuration while it is being written: a copy of the present one that edits are applied to. An edit that is
 * bad leaves what was there and adds its faults. Call from one thread.
 */
final class RoutingDraft {
    private final FilterTypes filters;
    private final SortedMap<String, Domain> domains;
    private final SortedMap<String, Map<String, String>> upstreams = new TreeMap<>();
    private final List<RoutingFault> faults = new ArrayList<>();
    private final Set<Place> settled = new HashSet<>();

    RoutingDraft(RoutingTable table, FilterTypes filters) {
        this.filters = filters;
        this.domains = new TreeMap<>(table.domains());
        table.upstreams().forEach((name, upstream) -> upstreams.put(name, upstream.parameters()));
    }

    /** A domain, an upstream with all its servers, or one server of an upstream. */
    record Place(Kind kind, String name, @Nullable String part) {
        Place whole() {
            return new Place(kind, name, null);
        }
    }

    void apply(Edit edit) {
        if (edit instanceof PutDomain put) {
            putDomain(put.domain(), put.json());
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
        }
    }

    private void putDomain(String name, String json) {
        Place place = new Place(Kind.DOMAIN, name, null);
        String nameFault = DomainName.faultOf(name);
        if (nameFault != null) {
            faults.add(RoutingFault.domain(name, nameFault));
            return;
        }
        try {
            RuleSet rules = RuleSet.parse(json);
            Domain old = domains.get(name);
            if (old == null || !old.rules().equals(rules)) {
                domains.put(name, new Domain(name, RuleGraph.compile(name, rules, filters)));
            }
            settled.add(place);
        } catch (RuleSetException refused) {
            refused.faults().forEach(fault -> faults.add(ofDomain(name, fault)));
        }
    }

    private static RoutingFault ofDomain(String domain, Fault fault) {
        return new RoutingFault(Kind.DOMAIN, domain, fault.rule(), fault.field(), fault.value(), fault.message());
    }

    private void removeDomain(String name) {
        settled.add(new Place(Kind.DOMAIN, name, null));
        domains.remove(name);
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
        if (!same(servers, upstreams.get(name))) {
            upstreams.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(servers)));
        }
    }

    /** Whether two upstreams have the same servers, as written and in the same order. */
    static boolean same(Map<String, String> servers, @Nullable Map<String, String> others) {
        return others != null && List.copyOf(servers.entrySet()).equals(List.copyOf(others.entrySet()));
    }

    private void removeUpstream(String name) {
        settled.add(new Place(Kind.UPSTREAM, name, null));
        upstreams.remove(name);
    }

    private void putServer(String upstream, String server, String parameters) {
        if (!goodUpstreamName(upstream, server) || !goodServer(upstream, server, parameters)) {
            return;
        }
        Map<String, String> servers = new LinkedHashMap<>(upstreams.getOrDefault(upstream, Map.of()));
        String old = servers.put(server, parameters);
        settled.add(new Place(Kind.UPSTREAM, upstream, server));
        if (!parameters.equals(old)) {
            upstreams.put(upstream, Collections.unmodifiableMap(servers));
        }
    }

    private void removeServer(String upstream, String server) {
        settled.add(new Place(Kind.UPSTREAM, upstream, server));
        Map<String, String> servers = new LinkedHashMap<>(upstreams.getOrDefault(upstream, Map.of()));
        if (servers.remove(server) == null) {
            return;
        }
        if (servers.isEmpty()) {
            upstreams.remove(upstream);
        } else {
            upstreams.put(upstream, Collections.unmodifiableMap(servers));
        }
    }

    private boolean goodUpstreamName(String name, @Nullable String server) {
        boolean good = !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || c == '/' || c == 0x7f);
        if (!good) {
            faults.add(RoutingFault.upstream(
                    name,
                    server,
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

    SortedMap<String, Domain> domains() {
        return domains;
    }

    SortedMap<String, Map<String, String>> upstreams() {
        return upstreams;
    }
}
