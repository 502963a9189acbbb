package io.erulb.admin.testing;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.Fleet;
import io.erulb.routing.FleetMember;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.erulb.routing.SourceStatus;
import io.erulb.routing.StoreWrite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source that counts dumps, refuses them when told to, and reports a given status and fleet. */
public final class FakeSource implements ConfigSource, Fleet {
    private final LiveRouting routing;
    private final List<StoreWrite> writes = new CopyOnWriteArrayList<>();
    private final List<ChangeAuthor> noted = new CopyOnWriteArrayList<>();
    private final List<PastChange> past = new CopyOnWriteArrayList<>();
    private final AtomicInteger dumps = new AtomicInteger();
    private volatile @Nullable SourceException refusal;
    private volatile Supplier<List<FleetMember>> fleet = List::of;
    private volatile SourceStatus status =
            new SourceStatus("a fake", true, Duration.ofMillis(1500), 7, null, List.of("/ELB/rules"));

    /** A source whose store takes everything, and has it in force at once. */
    FakeSource(LiveRouting routing) {
        this.routing = routing;
    }

    @Override
    public void dump(ChangeAuthor author) throws SourceException {
        throwIfRefusing();
        dumps.incrementAndGet();
    }

    @Override
    public @Nullable RoutingTable write(StoreWrite write) throws SourceException {
        throwIfRefusing();
        writes.add(write);
        return routing.applyIf(write.expected(), write.change());
    }

    @Override
    public void noted(RoutingTable before, RoutingTable after, ChangeAuthor author) {
        noted.add(author);
    }

    /** Who changed memory alone. */
    public List<ChangeAuthor> noted() {
        return noted;
    }

    @Override
    public List<PastChange> changes() throws SourceException {
        throwIfRefusing();
        return past;
    }

    @Override
    public @Nullable PastChange change(String id) throws SourceException {
        throwIfRefusing();
        return past.stream()
                .filter(change -> change.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The history, newest first; may be added to. */
    public List<PastChange> past() {
        return past;
    }

    /** What was written to the store first. */
    public List<StoreWrite> writes() {
        return writes;
    }

    @Override
    public SortedMap<String, Writing> plan() throws SourceException {
        throwIfRefusing();
        return new TreeMap<>(Map.of("rules/t.local", Writing.PUT, "upstreams/up1/127.0.0.1:81", Writing.DELETE));
    }

    @Override
    public List<FleetMember> members() throws SourceException {
        throwIfRefusing();
        return fleet.get();
    }

    /** The fleet from now on, asked anew each time. */
    public void fleet(Supplier<List<FleetMember>> members) {
        fleet = members;
    }

    @Override
    public SourceStatus status() {
        return status;
    }

    private void throwIfRefusing() throws SourceException {
        SourceException cause = refusal;
        if (cause != null) {
            throw cause;
        }
    }

    /** How many dumps succeeded. */
    public int dumps() {
        return dumps.get();
    }

    /** Refuses dumps from now on. */
    public void refuse(SourceException cause) {
        refusal = cause;
    }

    /** Reports this status from now on. */
    public void report(SourceStatus newStatus) {
        status = newStatus;
    }
}
