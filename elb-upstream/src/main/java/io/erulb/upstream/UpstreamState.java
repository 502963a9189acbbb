package io.erulb.upstream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What lives on while an upstream is configured anew, beside what is remembered of each address. Safe for use by many threads.
 */
final class UpstreamState {
    private final String name;
    private final LongSupplier nanoClock;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean ejecting = new AtomicBoolean();
    private final AtomicLong roundStarted;
    private final RetryBudget retryBudget;
    private final AtomicReference<@Nullable Hedging> hedging = new AtomicReference<>();
    private final WaitingRoom waitingRoom = new WaitingRoom();
    private volatile @Nullable Upstream newest;

    UpstreamState(String name, LongSupplier nanoClock) {
        this.name = name;
        this.nanoClock = nanoClock;
        this.roundStarted = new AtomicLong(nanoClock.getAsLong());
        this.retryBudget = new RetryBudget(nanoClock.getAsLong());
    }

    /** The upstream's. */
    String name() {
        return name;
    }

    WaitingRoom waitingRoom() {
        return waitingRoom;
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    /** Null as long as no configuration had a second server asked: few do, and it takes some kilobytes. */
    @Nullable
    Hedging hedging() {
        return hedging.get();
    }

    void beginHedging() {
        if (hedging.get() == null) {
            hedging.compareAndSet(null, Hedging.from(now()));
        }
    }

    long now() {
        return nanoClock.getAsLong();
    }

    /** Counted up whenever a peer may have gone out or come back other than by time. */
    AtomicInteger changes() {
        return changes;
    }

    /** Those of the newest configuration. */
    List<Peer> peers() {
        Upstream known = newest;
        return known == null ? List.of() : known.peers();
    }

    /** The newest configuration; null while the first one is made. */
    @Nullable
    Upstream newest() {
        return newest;
    }

    void configured(Upstream made) {
        newest = made;
    }

    /** Whether the caller, and nobody else at the moment, may eject a peer; never waits. */
    boolean takeEjectionTurn() {
        return ejecting.compareAndSet(false, true);
    }

    void giveEjectionTurnBack() {
        ejecting.set(false);
    }

    /** Whether a new round of so many nanoseconds is to be begun, which one thread of many is told. */
    boolean beginsRound(long now, long nanos) {
        long started = roundStarted.get();
        return now - started >= nanos && roundStarted.compareAndSet(started, now);
    }
}
