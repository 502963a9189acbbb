package io.erulb.routing;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

enum NoConfigSource implements ConfigSource {
    INSTANCE;

    @Override
    public void dump(ChangeAuthor author) throws SourceException {
        throw noStore();
    }

    @Override
    public RoutingTable write(StoreWrite write) throws SourceException {
        throw noStore();
    }

    @Override
    public SortedMap<String, Writing> plan() throws SourceException {
        throw noStore();
    }

    private static SourceException noStore() {
        return SourceException.unavailable("no store is configured, so there is nothing to write to");
    }

    @Override
    public void noted(RoutingTable before, RoutingTable after, ChangeAuthor author) {
        // There is nowhere to keep it.
    }

    @Override
    public List<PastChange> changes() {
        return List.of();
    }

    @Override
    public @Nullable PastChange change(String id) {
        return null;
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus("none", true, null, 0, null, List.of());
    }
}
