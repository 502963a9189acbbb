package io.erulb.server;

import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingProblem;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.erulb.routing.policy.Policy;
import io.erulb.routing.policy.PolicyException;
import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.PolicyKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import io.erulb.upstream.BalancerTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configuration in force as a store would hold it, at one moment. Used by one thread.
 *
 * <p>A value that the store holds and that was set aside as faulty is left there for its author to mend: what is in
 * force in its stead is an older value, not an administrator's wish.
 */
final class InForce {
    private final Map<ConfigKey, Value> values = new TreeMap<>();
    private final Set<ConfigKey> setAside;

    InForce(LiveRouting routing) throws SourceException {
        RoutingTable table = routing.current();
        for (Domain domain : table.domains().values()) {
            add(DomainKey::new, domain.name(), new Document(domain.rules()));
        }
        for (var upstream : table.upstreams().values()) {
            for (var server : upstream.parameters().entrySet()) {
                add(name -> new ServerKey(upstream.name(), name), server.getKey(), new Parameters(server.getValue()));
            }
        }
        for (var policy : table.policies().entrySet()) {
            add(PolicyKey::new, policy.getKey(), new PolicyDocument(policy.getValue(), routing.balancers()));
        }
        setAside = setAside(routing);
    }

    /** The keys whose value in the store was set aside as faulty. */
    static Set<ConfigKey> setAside(LiveRouting routing) {
        return routing.problems().stream()
                .filter(problem -> problem.revision() > 0)
                .map(RoutingProblem::fault)
                .map(InForce::keyOf)
                .collect(Collectors.toSet());
    }

    /** What turns a store's content into this: a value that says the same in other words is no change. */
    List<StoredChange> changesFrom(StoredConfig stored) {
        List<StoredChange> changes = new ArrayList<>();
        for (ConfigKey key : stored.entries().keySet()) {
            if (!values.containsKey(key) && !setAside.contains(key)) {
                changes.add(new StoredChange.Delete(key));
            }
        }
        values.forEach((key, value) -> {
            StoredValue old = stored.entries().get(key);
            if ((old == null || !value.saysTheSameAs(old.text())) && !setAside.contains(key)) {
                changes.add(new StoredChange.Put(key, value.text()));
            }
        });
        return changes;
    }

    private void add(Function<String, ConfigKey> key, String name, Value value) throws SourceException {
        try {
            values.put(key.apply(name), value);
        } catch (IllegalArgumentException noKey) {
            throw SourceException.unavailable("nothing was written: " + noKey.getMessage());
        }
    }

    private static ConfigKey keyOf(RoutingFault fault) {
        return switch (fault.kind()) {
            case DOMAIN -> new DomainKey(fault.name());
            case POLICY -> new PolicyKey(fault.name());
            // What is set aside of an upstream is a server of it: its name alone is no value of a store.
            case UPSTREAM -> new ServerKey(fault.name(), String.valueOf(fault.part()));
        };
    }

    /** A value in force. */
    private sealed interface Value {
        String text();

        boolean saysTheSameAs(String stored);
    }

    private record Document(RuleSet rules) implements Value {
        @Override
        public String text() {
            return rules.toJson();
        }

        @Override
        public boolean saysTheSameAs(String stored) {
            try {
                return RuleSet.parse(stored).equals(rules);
            } catch (RuleSetException faulty) {
                return false;
            }
        }
    }

    private record PolicyDocument(Policy policy, BalancerTypes balancers) implements Value {
        @Override
        public String text() {
            return policy.toJson();
        }

        @Override
        public boolean saysTheSameAs(String stored) {
            try {
                return Policy.parse(stored, balancers).equals(policy);
            } catch (PolicyException faulty) {
                return false;
            }
        }
    }

    private record Parameters(String text) implements Value {
        @Override
        public boolean saysTheSameAs(String stored) {
            return stored.equals(text);
        }
    }
}
