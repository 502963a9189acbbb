package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.FleetMember;
import io.erulb.routing.FleetMember.Config;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.MemoryStore;
import io.erulb.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which instance keeps what others write to the store, and how. */
@Timeout(60)
class WatchLogTest {
    private static final DomainKey DOMAIN = new DomainKey("t.local");
    private static final FleetMember SELF = member("self", true);
    private static final FleetMember OLDER = member("older", false);

    private final MemoryStore store = new MemoryStore();
    private final ChangeHistory history = new ChangeHistory(store, 100, Clock.systemUTC());
    private volatile List<FleetMember> fleet = List.of(SELF, member("younger", false));
    private final AtomicInteger looks = new AtomicInteger();
    private final WatchLog log = new WatchLog(history, () -> {
        looks.incrementAndGet();
        return fleet;
    });

    @AfterEach
    void close() {
        log.close();
        store.close();
    }

    @Test
    void theInstanceThatIsThereLongestKeepsWhatItSaw() throws Exception {
        log.saw(6, 7, List.of(edit(1)));
        log.saw(7, 8, List.of(edit(2)));

        await(2);
        assertThat(history.list())
                .extracting(change -> change.note().message())
                .containsExactly("seen in the store at revision 8", "seen in the store at revision 7");
    }

    @Test
    void anotherRemembersItUntilTheFirstIsGone() throws Exception {
        fleet = List.of(OLDER, SELF);
        log.saw(6, 7, List.of(edit(1)));
        awaitLook();
        assertThat(history.list()).isEmpty();

        fleet = List.of(SELF);

        await(1);
    }

    @Test
    void manyChangesOfAMomentAreOne() throws Exception {
        for (int i = 0; i < 200; i++) {
            log.saw(i, i + 1, List.of(edit(i)));
        }

        await(1);
        ChangeHistory.Summary only = history.list().get(0);
        assertThat(only.note().message()).isEqualTo("seen in the store from revision 1 to 200");
        assertThat(history.find(only.id()))
                .extracting(ChangeHistory.Change::edits)
                .isEqualTo(List.of(new Edit(DOMAIN, "v0", "v200")));
    }

    @Test
    void whatWasSeenLastIsKeptWhenTheInstanceEnds() throws Exception {
        log.saw(6, 7, List.of(edit(1)));

        log.close();

        assertThat(history.list()).hasSize(1);
    }

    @Test
    void nothingIsKeptOfAChangeThatChangesNothing() throws Exception {
        log.saw(6, 7, List.of());
        log.saw(7, 8, List.of(edit(1)));

        await(1);
    }

    private void awaitLook() {
        int before = looks.get();
        while (looks.get() == before) {
            Thread.onSpinWait();
        }
    }

    private void await(int changes) throws StoreException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (history.list().size() != changes && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(history.list()).hasSize(changes);
    }

    private static Edit edit(int i) {
        return new Edit(DOMAIN, "v" + i, "v" + (i + 1));
    }

    private static FleetMember member(String name, boolean self) {
        return new FleetMember(name, self, "1", Instant.EPOCH, Duration.ZERO, new Config(1, "a"), List.of());
    }
}
