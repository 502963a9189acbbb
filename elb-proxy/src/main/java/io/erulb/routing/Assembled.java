package io.erulb.routing;

import io.erulb.routing.RoutingTable.Content;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a draft comes to. Immutable.
 *
 * @param content the next table's
 * @param domains those that differ from the table before, new and removed ones too
 * @param upstreams those that differ, hosts that rules name too
 * @param policies those upstreams whose policies differ
 * @param same whether nothing differs
 */
record Assembled(Content content, Set<String> domains, Set<String> upstreams, Set<String> policies, boolean same) {

    /** The next table's content beside that of the one before, which can differ in these names only. */
    @SuppressWarnings("ReferenceEquality") // What did not change is the same object.
    static Assembled of(
            Content before, Content after, Set<String> domains, Set<String> upstreams, Set<String> policies) {
        Set<String> otherDomains = domains.stream()
                .filter(name -> before.domains().get(name) != after.domains().get(name))
                .collect(Collectors.toUnmodifiableSet());
        Set<String> otherUpstreams = upstreams.stream()
                .filter(name ->
                        before.upstreams().get(name) != after.upstreams().get(name)
                                || before.hosts().get(name) != after.hosts().get(name))
                .collect(Collectors.toUnmodifiableSet());
        Set<String> otherPolicies = policies.stream()
                .filter(name -> before.policies().get(name) != after.policies().get(name))
                .collect(Collectors.toUnmodifiableSet());
        boolean same = otherDomains.isEmpty()
                && otherUpstreams.isEmpty()
                && otherPolicies.isEmpty()
                && before.problems().equals(after.problems());
        return new Assembled(after, otherDomains, otherUpstreams, otherPolicies, same);
    }
}
