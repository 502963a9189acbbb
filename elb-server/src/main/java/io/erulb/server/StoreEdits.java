package io.erulb.server;

import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingChange.Edit;
import io.erulb.routing.RoutingChange.PutDomain;
import io.erulb.routing.RoutingChange.PutPolicy;
import io.erulb.routing.RoutingChange.PutServer;
import io.erulb.routing.RoutingChange.PutUpstream;
import io.erulb.routing.RoutingChange.RemoveDomain;
import io.erulb.routing.RoutingChange.RemovePolicy;
import io.erulb.routing.RoutingChange.RemoveServer;
import io.erulb.routing.RoutingChange.RemoveUpstream;
import io.erulb.routing.RoutingException;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.PolicyKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change of routing does to the keys of a store. Between the two lies that an upstream is one thing here and a key
 * for each server there: to replace its servers is to delete the keys of the others. For one change.
 */
final class StoreEdits {
    private final StoredConfig base;
    private final Map<ConfigKey, StoredChange> changes = new TreeMap<>();
    private final List<RoutingFault> faults = new ArrayList<>();

    private StoreEdits(StoredConfig base) {
        this.base = base;
    }

    /**
     * The changes, each key once.
     *
     * @param change without faults
     * @param base what the store holds
     * @throws RoutingException when a store can't hold it
     */
    static List<StoredChange> of(RoutingChange change, StoredConfig base) {
        StoreEdits edits = new StoreEdits(base);
        change.edits().forEach(edits::add);
        if (!edits.faults.isEmpty()) {
            throw new RoutingException(edits.faults);
        }
        return List.copyOf(edits.changes.values());
    }

    private void add(Edit edit) {
        if (edit instanceof PutDomain put) {
            put(new DomainKey(put.domain()), put.json());
        } else if (edit instanceof RemoveDomain remove) {
            delete(new DomainKey(remove.domain()));
        } else if (edit instanceof PutUpstream put) {
            putUpstream(put.upstream(), put.servers());
        } else if (edit instanceof RemoveUpstream remove) {
            removeServers(remove.upstream());
        } else if (edit instanceof PutServer put) {
            put(new ServerKey(put.upstream(), put.server()), put.parameters());
        } else if (edit instanceof RemoveServer remove) {
            delete(new ServerKey(remove.upstream(), remove.server()));
        } else if (edit instanceof PutPolicy put) {
            put(new PolicyKey(put.upstream()), put.json());
        } else if (edit instanceof RemovePolicy remove) {
            delete(new PolicyKey(remove.upstream()));
        }
    }

    private void putUpstream(String upstream, Map<String, String> servers) {
        if (servers.isEmpty()) {
            faults.add(new RoutingFault(
                    Kind.UPSTREAM,
                    upstream,
                    null,
                    "servers",
                    "{}",
                    "the store has no place for an upstream without servers (expected: at least one; or remove it)"));
        }
        removeServers(upstream);
        servers.forEach((server, parameters) -> put(new ServerKey(upstream, server), parameters));
    }

    private void removeServers(String upstream) {
        changes.keySet().removeIf(key -> isOf(key, upstream));
        base.entries().keySet().stream().filter(key -> isOf(key, upstream)).forEach(this::delete);
    }

    private static boolean isOf(ConfigKey key, String upstream) {
        return key instanceof ServerKey server && server.upstream().equals(upstream);
    }

    private void put(ConfigKey key, String text) {
        changes.put(key, new StoredChange.Put(key, text));
    }

    /** A key that is not there has nothing to be deleted; one that comes meanwhile came later. */
    private void delete(ConfigKey key) {
        if (base.entries().containsKey(key)) {
            changes.put(key, new StoredChange.Delete(key));
        } else {
            changes.remove(key);
        }
    }
}
