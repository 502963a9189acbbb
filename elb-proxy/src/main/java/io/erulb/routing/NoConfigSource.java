package io.erulb.routing;

import java.util.List;
import java.util.SortedMap;

enum NoConfigSource implements ConfigSource {
    INSTANCE;

    @Override
    public void dump() throws SourceException {
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
    public SourceStatus status() {
        return new SourceStatus("none", true, null, 0, null, List.of());
    }
}
