package io.erulb.routing;

import io.erulb.routing.RoutingChange.PutPolicy;
import io.erulb.routing.policy.Policy;
import io.erulb.routing.policy.PolicyException;
import io.erulb.upstream.BalancerTypes;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pcollections.TreePMap;

/** The policies of the next configuration while it is being written. Call from one thread. */
final class PolicyDraft {
    private final BalancerTypes balancers;
    private final SortedSet<String> changed = new TreeSet<>();
    private TreePMap<String, Policy> policies;

    PolicyDraft(TreePMap<String, Policy> before, BalancerTypes balancers) {
        this.policies = before;
        this.balancers = balancers;
    }

    /** Answers whether the policy is a good one; otherwise its faults join the others and the one before stays. */
    boolean put(PutPolicy put, List<RoutingFault> faults) {
        try {
            Policy policy = Policy.parse(put.json(), balancers);
            if (!policy.equals(policies.get(put.upstream()))) {
                policies = policies.plus(put.upstream(), policy);
                changed.add(put.upstream());
            }
            return true;
        } catch (PolicyException refused) {
            refused.faults().forEach(fault -> faults.add(RoutingFault.policy(put.upstream(), fault)));
            return false;
        }
    }

    void remove(String upstream) {
        policies = policies.minus(upstream);
        changed.add(upstream);
    }

    TreePMap<String, Policy> policies() {
        return policies;
    }

    /** Those upstreams whose policies edits are of; they may be as they were nevertheless. */
    SortedSet<String> changed() {
        return changed;
    }
}
