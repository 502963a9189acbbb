package io.erulb.server;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingPreview;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.erulb.routing.SourceStatus;
import io.erulb.routing.StoreWrite;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What administrators have of the store: dumps, changes that go to it first, and the history. Safe for many threads. */
final class StoreSource implements ConfigSource {
    private static final Logger LOG = Logger.getLogger(StoreSource.class.getName());
    private static final RoutingChange IN_FORCE_ALREADY =
            RoutingChange.builder().build();

    private final LiveRouting routing;
    private final ConfigSync sync;
    private final ChangeLog log;

    StoreSource(LiveRouting routing, ConfigSync sync, ChangeLog log) {
        this.routing = routing;
        this.sync = sync;
        this.log = log;
    }

    @Override
    public void dump(ChangeAuthor author) throws SourceException {
        int written = sync.withStore(base -> {
            List<StoredChange> changes = new InForce(routing).changesFrom(base);
            commit(base, changes, IN_FORCE_ALREADY, author);
            return changes.size();
        });
        LOG.info(() -> "dumped " + written + " changed keys");
    }

    @Override
    public @Nullable RoutingTable write(StoreWrite write) throws SourceException {
        return sync.withStore(base -> {
            if (!write.expected().test(routing.current())) {
                return null;
            }
            RoutingPreview preview = routing.preview(write.change());
            preview.throwIfRefused();
            if (!write.force()) {
                refuseOrphans(preview.orphans());
            }
            commit(base, StoreEdits.of(write.change(), base), write.change(), write.author());
            return routing.current();
        });
    }

    private static void refuseOrphans(List<RoutingFault> orphans) throws SourceException {
        if (!orphans.isEmpty()) {
            String who = orphans.stream()
                    .map(orphan -> orphan.value() + " (by " + orphan.name() + ')')
                    .collect(Collectors.joining(", "));
            List<String> keys = orphans.stream()
                    .map(orphan -> new DomainKey(orphan.name()).path())
                    .distinct()
                    .toList();
            throw SourceException.conflict(
                    "rules still name what is to be removed, so nothing was written: " + who, keys);
        }
    }

    private void commit(StoredConfig base, List<StoredChange> changes, RoutingChange change, ChangeAuthor author)
            throws StoreException {
        sync.commit(base, changes, log.prepare(author, base, changes), change);
        log.committed();
    }

    @Override
    public SortedMap<String, Writing> plan() throws SourceException {
        return sync.withStore(base -> {
            SortedMap<String, Writing> plan = new TreeMap<>();
            for (StoredChange change : new InForce(routing).changesFrom(base)) {
                plan.put(change.key().path(), change instanceof StoredChange.Put ? Writing.PUT : Writing.DELETE);
            }
            return plan;
        });
    }

    @Override
    public void noted(RoutingTable before, RoutingTable after, ChangeAuthor author) {
        log.memoryChanged(before, after, author);
    }

    @Override
    public List<PastChange> changes() throws SourceException {
        try {
            return log.list();
        } catch (StoreException failed) {
            throw SourceException.unavailable(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public @Nullable PastChange change(String id) throws SourceException {
        try {
            return log.find(id);
        } catch (StoreException failed) {
            throw SourceException.unavailable(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public SourceStatus status() {
        return sync.status();
    }
}
