package io.erulb.admin.testing;

import io.erulb.routing.ConfigSource;
import io.erulb.routing.DumpException;
import io.erulb.routing.SourceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that counts dumps, refuses them when told to, and reports a given status. */
public final class FakeSource implements ConfigSource {
    private final AtomicInteger dumps = new AtomicInteger();
    private volatile @Nullable DumpException refusal;
    private volatile SourceStatus status =
            new SourceStatus("a fake", true, Duration.ofMillis(1500), 7, null, List.of("/ELB/rules"));

    @Override
    public void dump() throws DumpException {
        DumpException cause = refusal;
        if (cause != null) {
            throw cause;
        }
        dumps.incrementAndGet();
    }

    @Override
    public SortedMap<String, Writing> plan() throws DumpException {
        DumpException cause = refusal;
        if (cause != null) {
            throw cause;
        }
        return new TreeMap<>(Map.of("rules/t.local", Writing.PUT, "upstreams/up1/127.0.0.1:81", Writing.DELETE));
    }

    @Override
    public SourceStatus status() {
        return status;
    }

    /** How many dumps succeeded. */
    public int dumps() {
        return dumps.get();
    }

    /** Refuses dumps from now on. */
    public void refuse(DumpException cause) {
        refusal = cause;
    }

    /** Reports this status from now on. */
    public void report(SourceStatus newStatus) {
        status = newStatus;
    }
}
