package io.erulb.routing;

import java.util.Set;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What rules and upstreams of a table have to do with each other, kept so that a change needs to look at no more than what
 * it changes. Immutable.
 *
 * @param named what rules name, upstreams and hosts: the domains that name it
 * @param missing what of it is neither configured nor an address
 * @param unused what has a policy and is neither configured nor named by a rule
 * @param lookedUp the names to be looked up of those upstreams and hosts that have such ones
 */
record Wiring(
        TreePMap<String, TreePSet<String>> named,
        TreePSet<String> missing,
        TreePSet<String> unused,
        TreePMap<String, Set<String>> lookedUp) {
    static final Wiring NONE = new Wiring(TreePMap.empty(), TreePSet.empty(), TreePSet.empty(), TreePMap.empty());
}
