package io.erulb.routing;

import java.util.List;
import java.util.SortedMap;

enum NoConfigSource implements ConfigSource {
    INSTANCE;

    @Override
    public void dump() throws DumpException {
        throw noStore();
    }

    @Override
    public SortedMap<String, Writing> plan() throws DumpException {
        throw noStore();
    }

    private static DumpException noStore() {
        return DumpException.unavailable("no store is configured, so there is nothing to dump to");
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus("none", true, null, 0, null, List.of());
    }
}
