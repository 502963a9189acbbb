package io.erulb.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Finds the domain of a Host field: the name as it stands, then ignoring case and a trailing dot, then without the
 * port, then the wildcards from the longest on, then {@code *}. A hit on the first step costs one map look-up. Immutable;
 * another one for changed domains shares what did not change.
 */
final class DomainIndex {
    static final DomainIndex EMPTY = new DomainIndex(PartedMap.empty(), PartedMap.empty(), TreePMap.empty(), 0);

    private final PartedMap<Domain> asWritten;
    private final PartedMap<Domain> folded;

    /** Domains of one host, where there are several: by the folded name, then by the name. */
    private final TreePMap<String, TreePMap<String, Domain>> twins;

    private final int wildcards;

    private DomainIndex(
            PartedMap<Domain> asWritten,
            PartedMap<Domain> folded,
            TreePMap<String, TreePMap<String, Domain>> twins,
            int wildcards) {
        this.asWritten = asWritten;
        this.folded = folded;
        this.twins = twins;
        this.wildcards = wildcards;
    }

    /** With other domains for some names, and without those whose domain is null. */
    DomainIndex with(Map<String, @Nullable Domain> changes) {
        Map<String, @Nullable Domain> changedFolds = new HashMap<>();
        TreePMap<String, TreePMap<String, Domain>> changedTwins = twins;
        int more = 0;
        for (Map.Entry<String, @Nullable Domain> change : changes.entrySet()) {
            String name = change.getKey();
            String fold = DomainName.folded(name);
            Domain first = changedFolds.containsKey(fold) ? changedFolds.get(fold) : folded.get(fold);
            TreePMap<String, Domain> all =
                    PersistentMaps.with(sharing(changedTwins.get(fold), first), name, change.getValue());
            changedTwins = PersistentMaps.with(changedTwins, fold, all.size() > 1 ? all : null);
            changedFolds.put(
                    fold, all.isEmpty() ? null : all.values().iterator().next());
            more += name.startsWith("*.") ? count(change.getValue()) - count(asWritten.get(name)) : 0;
        }
        return new DomainIndex(asWritten.with(changes), folded.with(changedFolds), changedTwins, wildcards + more);
    }

    private static int count(@Nullable Domain domain) {
        return domain == null ? 0 : 1;
    }

    private static TreePMap<String, Domain> sharing(@Nullable TreePMap<String, Domain> several, @Nullable Domain one) {
        if (several != null) {
            return several;
        }
        return one == null ? TreePMap.empty() : TreePMap.singleton(one.name(), one);
    }

    /** Domains that another one of the same host hides. */
    List<RoutingFault> shadowed() {
        List<RoutingFault> shadowed = new ArrayList<>();
        twins.values().forEach(twin -> addShadowed(twin.values(), shadowed));
        shadowed.sort(Comparator.comparing(RoutingFault::name));
        return shadowed;
    }

    private static void addShadowed(Collection<Domain> ofOneHost, List<RoutingFault> shadowed) {
        Iterator<Domain> domains = ofOneHost.iterator();
        String first = domains.next().name();
        domains.forEachRemaining(domain -> shadowed.add(RoutingFault.domain(
                domain.name(),
                "names the same host as the domain " + first + ", which takes its requests but for the"
                        + " Host field written exactly like this name")));
    }

    @Nullable
    Domain find(String host) {
        Domain exact = asWritten.get(host);
        if (exact != null) {
            return exact;
        }
        String name = DomainName.folded(host);
        Domain found = folded.get(name);
        if (found == null) {
            String bare = DomainName.withoutPort(name);
            found = folded.get(bare);
            if (found == null && wildcards > 0) {
                found = wildcard(bare);
            }
        }
        return found != null ? found : folded.get(DomainName.DEFAULT);
    }

    private @Nullable Domain wildcard(String host) {
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            Domain found = folded.get("*" + host.substring(dot));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
