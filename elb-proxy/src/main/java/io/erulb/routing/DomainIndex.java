package io.erulb.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the domain of a Host field: the name as it stands, then ignoring case and a trailing dot, then without the
 * port, then the wildcards from the longest on, then {@code *}. A hit on the first step costs one map look-up.
 */
final class DomainIndex {
    private final Map<String, Domain> asWritten = new HashMap<>();
    private final Map<String, Domain> folded = new HashMap<>();
    private final List<RoutingFault> shadowed = new ArrayList<>();
    private final boolean wildcards;

    DomainIndex(Collection<Domain> domains) {
        boolean anyWildcard = false;
        for (Domain domain : domains) {
            asWritten.put(domain.name(), domain);
            Domain other = folded.putIfAbsent(DomainName.folded(domain.name()), domain);
            if (other != null) {
                shadowed.add(RoutingFault.domain(
                        domain.name(),
                        "names the same host as the domain " + other.name() + ", which takes its requests but for the"
                                + " Host field written exactly like this name"));
            }
            anyWildcard |= domain.name().startsWith("*.");
        }
        wildcards = anyWildcard;
    }

    /** Domains that another one of the same host hides. */
    List<RoutingFault> shadowed() {
        return shadowed;
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
            if (found == null && wildcards) {
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
