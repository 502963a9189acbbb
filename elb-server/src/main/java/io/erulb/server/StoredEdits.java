package io.erulb.server;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingTable;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.PolicyKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What changes of keys do to routing: the way back of {@link StoreEdits}. No instances. */
final class StoredEdits {
    private static final Logger LOG = Logger.getLogger(StoredEdits.class.getName());

    private StoredEdits() {}

    /**
     * Merges what changed in a store into routing.
     *
     * @param wanted which changes are, by the table in force at the moment
     */
    static void merge(
            LiveRouting routing, List<StoredChange> news, BiPredicate<RoutingTable, ConfigKey> wanted, long revision) {
        try {
            routing.merge(table -> of(news.stream().filter(each -> wanted.test(table, each.key()))), revision);
        } catch (RuntimeException | Error e) {
            // A defect, or want of memory: what can't be merged for it takes nothing else down.
            LOG.log(Level.SEVERE, "changes of the store are taken in one by one, since they can't be at once", e);
            RoutingTable table = routing.current();
            news.stream()
                    .filter(each -> wanted.test(table, each.key()))
                    .forEach(each -> mergeAlone(routing, each, revision));
        }
    }

    private static void mergeAlone(LiveRouting routing, StoredChange change, long revision) {
        try {
            routing.merge(of(Stream.of(change)), revision);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.SEVERE,
                    "a change of the store can't be taken in: " + change.key().path(),
                    e);
        }
    }

    private static RoutingChange of(Stream<StoredChange> changes) {
        RoutingChange.Builder routing = RoutingChange.builder();
        changes.forEach(change -> add(routing, change));
        return routing.build();
    }

    private static void add(RoutingChange.Builder routing, StoredChange change) {
        if (change.key() instanceof DomainKey domain) {
            if (change instanceof StoredChange.Put put) {
                routing.putDomain(domain.domain(), put.text());
            } else {
                routing.removeDomain(domain.domain());
            }
        } else if (change.key() instanceof ServerKey server) {
            if (change instanceof StoredChange.Put put) {
                routing.putServer(server.upstream(), server.server(), put.text());
            } else {
                routing.removeServer(server.upstream(), server.server());
            }
        } else if (change.key() instanceof PolicyKey policy) {
            if (change instanceof StoredChange.Put put) {
                routing.putPolicy(policy.upstream(), put.text());
            } else {
                routing.removePolicy(policy.upstream());
            }
        }
    }
}
