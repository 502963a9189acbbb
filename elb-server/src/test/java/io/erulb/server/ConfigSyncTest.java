package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.SourceException;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.store.Annex;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.ConfigStore;
import io.erulb.store.MemoryStore;
import io.erulb.store.StoreException;
import io.erulb.store.StoreListener;
import io.erulb.store.StoreStatus;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConfigSyncTest {
    private static final String TO_UP1 = toBackend("up1");
    private static final String TO_UP2 = toBackend("up2");
    private static final ChangeAuthor AUTHOR = new ChangeAuthor("test", "");
    private static final DomainKey DOMAIN = new DomainKey("t.local");
    private static final DomainKey OTHER = new DomainKey("other.local");
    private static final ServerKey SERVER = new ServerKey("up1", "127.0.0.1:81");

    private final MemoryStore store = new MemoryStore();
    private final ChangeLog log = new ChangeLog(new ChangeHistory(store, 100, Clock.systemUTC()));
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final LiveRouting memoryAlone = LiveRouting.create(RoutingOptions.defaults());
    private final ConfigSync sync = new ConfigSync(store, routing, null);
    private final StoreSource source = new StoreSource(routing, sync, log);

    @BeforeEach
    void follow() throws InterruptedException {
        store.watch(sync);
        assertThat(sync.awaitFirst(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
        routing.close();
        memoryAlone.close();
    }

    @Test
    void anEmptyStoreIsAConfiguration() {
        assertThat(routing.current().loaded()).isTrue();
    }

    @Test
    void whatIsWrittenToTheStoreComesIntoForce() throws Exception {
        write(new Put(DOMAIN, TO_UP1), new Put(SERVER, "weight=2"));

        assertThat(routing.current().domains()).containsOnlyKeys("t.local");
        assertThat(routing.current().upstreams().get("up1").parameters()).containsEntry("127.0.0.1:81", "weight=2");
    }

    @Test
    void whatIsDeletedFromTheStoreGoes() throws Exception {
        write(new Put(DOMAIN, TO_UP1), new Put(SERVER, ""));

        write(new Delete(DOMAIN), new Delete(SERVER));

        assertThat(routing.current().domains()).isEmpty();
        assertThat(routing.current().upstreams()).isEmpty();
    }

    @Test
    void aChangeInMemoryStaysUntilItsKeyChangesInTheStore() throws Exception {
        write(new Put(DOMAIN, TO_UP1));
        routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

        write(new Put(SERVER, ""));
        assertThat(rules("t.local")).isEqualTo(TO_UP2);

        write(new Put(DOMAIN, toBackend("up3")));
        assertThat(rules("t.local")).isEqualTo(toBackend("up3"));
    }

    @Test
    void lookingAtTheStoreAgainUndoesNoChangeInMemory() throws Exception {
        write(new Put(DOMAIN, TO_UP1));
        routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

        sync.snapshot(store.load());

        assertThat(rules("t.local")).isEqualTo(TO_UP2);
    }

    @Test
    void aDumpWritesWhatDiffersAtOneRevision() throws Exception {
        write(new Put(DOMAIN, TO_UP1), new Put(SERVER, ""), new Put(new DomainKey("old.local"), TO_UP1));
        long before = store.load().revision();
        routing.apply(RoutingChange.builder()
                .putDomain("t.local", TO_UP2)
                .removeDomain("old.local")
                .putUpstream("up2", Map.of("127.0.0.1:82", "weight=3"))
                .build());

        source.dump(AUTHOR);

        assertThat(texts())
                .isEqualTo(Map.of(DOMAIN, TO_UP2, SERVER, "", new ServerKey("up2", "127.0.0.1:82"), "weight=3"));
        assertThat(store.load().revision()).isEqualTo(before + 1);
    }

    @Test
    void aDumpLeavesAloneWhatSaysTheSameInOtherWords() throws Exception {
        String spaced = TO_UP1.replace(":", " : ");
        write(new Put(DOMAIN, spaced));

        source.dump(AUTHOR);

        assertThat(texts()).containsEntry(DOMAIN, spaced);
        assertThat(store.load().revision()).isEqualTo(1);
    }

    @Test
    void aDumpLeavesAFaultyValueToItsAuthor() throws Exception {
        write(new Put(DOMAIN, TO_UP1), new Put(SERVER, ""));
        write(new Put(DOMAIN, "{broken"), new Put(SERVER, "weight=none"));

        source.dump(AUTHOR);

        assertThat(rules("t.local")).isEqualTo(TO_UP1);
        assertThat(texts()).isEqualTo(Map.of(DOMAIN, "{broken", SERVER, "weight=none"));
    }

    @Test
    void anAdministratorsValueReplacesAFaultyOneOnDump() throws Exception {
        write(new Put(DOMAIN, "{broken"));
        routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

        source.dump(AUTHOR);

        assertThat(texts()).isEqualTo(Map.of(DOMAIN, TO_UP2));
    }

    @Test
    void anAdministratorsServersReplaceFaultyOnesOnDump() throws Exception {
        ServerKey other = new ServerKey("up1", "127.0.0.1:82");
        write(new Put(SERVER, "weight=none"), new Put(other, "weight=none"));
        routing.apply(RoutingChange.builder()
                .putUpstream("up1", Map.of("127.0.0.1:81", "weight=2"))
                .build());

        source.dump(AUTHOR);

        assertThat(routing.problems()).isEmpty();
        assertThat(texts()).isEqualTo(Map.of(SERVER, "weight=2"));
    }

    @Test
    void anUpstreamRemovedByAnAdministratorGoesOnDumpWithItsFaultyServers() throws Exception {
        write(new Put(SERVER, "weight=none"));
        routing.apply(RoutingChange.builder().removeUpstream("up1").build());

        source.dump(AUTHOR);

        assertThat(texts()).isEmpty();
    }

    @Test
    void aDumpLeavesAServerOfABadlyNamedUpstreamToItsAuthor() throws Exception {
        ServerKey badlyNamed = new ServerKey("up 1", "127.0.0.1:81");
        write(new Put(badlyNamed, ""));

        source.dump(AUTHOR);
        assertThat(texts()).isEqualTo(Map.of(badlyNamed, ""));

        write(new Delete(badlyNamed));
        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void whatIsPutBeforeTheStoreIsFirstReadStaysAndTheRestIsAdded() throws Exception {
        ConfigSync late = new ConfigSync(store, memoryAlone, null);
        store.commit(store.load(), List.of(new Put(DOMAIN, TO_UP1), new Put(OTHER, TO_UP1), new Put(SERVER, "")));
        memoryAlone.apply(RoutingChange.builder()
                .putDomain("t.local", TO_UP2)
                .putUpstream("up1", Map.of("127.0.0.1:82", ""))
                .build());

        late.snapshot(store.load());

        assertThat(memoryAlone.current().domains()).containsOnlyKeys("t.local", "other.local");
        assertThat(memoryAlone.current().domains().get("t.local").rules().toJson())
                .isEqualTo(TO_UP2);
        assertThat(memoryAlone.current().upstreams().get("up1").parameters()).containsOnlyKeys("127.0.0.1:82");
    }

    @Test
    void aDumpBeforeTheStoreIsFirstReadWritesWhatWasPutAndKeepsTheRest() throws Exception {
        ConfigSync late = new ConfigSync(store, memoryAlone, null);
        store.commit(store.load(), List.of(new Put(DOMAIN, TO_UP1), new Put(OTHER, TO_UP1)));
        memoryAlone.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

        new StoreSource(memoryAlone, late, log).dump(AUTHOR);

        assertThat(texts()).isEqualTo(Map.of(DOMAIN, TO_UP2, OTHER, TO_UP1));
    }

    @Test
    void ourOwnDumpComingBackUndoesNoLaterChange() throws Exception {
        routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP1).build());
        source.dump(AUTHOR);
        routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

        sync.changed(store.load().revision(), List.of(new Put(DOMAIN, TO_UP1)));
        sync.settled();

        assertThat(rules("t.local")).isEqualTo(TO_UP2);
    }

    @Test
    void changesThatComeTogetherAreOneTable() throws Exception {
        long version = routing.current().version();
        long revision = store.load().revision();

        for (int i = 1; i <= 100; i++) {
            sync.changed(revision + i, List.of(new Put(DOMAIN, i < 100 ? "{broken" : TO_UP2), new Put(OTHER, TO_UP1)));
        }
        assertThat(routing.current().version()).isEqualTo(version);
        sync.settled();

        assertThat(routing.current().version()).isEqualTo(version + 1);
        assertThat(routing.current().sourceRevision()).isEqualTo(revision + 100);
        assertThat(rules("t.local")).isEqualTo(TO_UP2);
        assertThat(routing.problems()).noneMatch(problem -> problem.revision() > 0);
    }

    @Test
    void aChangeThatCanNotBeTakenInTakesNoOtherDown() throws Exception {
        LiveRouting fragile = LiveRouting.create(
                RoutingOptions.defaults().withFilters(FilterTypes.installed().with(new OutOfMemory())));
        ConfigSync other = new ConfigSync(store, fragile, null);
        other.snapshot(store.load());

        other.changed(
                store.load().revision() + 1,
                List.of(new Put(new DomainKey("huge.local"), OutOfMemory.RULES), new Put(DOMAIN, TO_UP1)));
        other.settled();

        assertThat(fragile.current().domains()).containsOnlyKeys("t.local");
        fragile.close();
    }

    /** A document for which there is not enough memory. */
    private static final class OutOfMemory implements FilterProvider {
        static final String RULES = "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"huge\",\"args\":{}}}}";

        @Override
        public String type() {
            return "huge";
        }

        @Override
        public Filter create(FilterArgs args) {
            throw new OutOfMemoryError("planted");
        }
    }

    @Test
    void aDumpComesAfterWhatIsWaiting() throws Exception {
        store.commit(store.load(), List.of(new Put(OTHER, TO_UP1)));
        sync.changed(store.load().revision(), List.of(new Put(OTHER, TO_UP1)));

        source.dump(AUTHOR);

        assertThat(texts()).containsEntry(OTHER, TO_UP1);
        assertThat(rules("other.local")).isEqualTo(TO_UP1);
    }

    @Test
    void anotherWriterInBetweenIsAConflictThatNamesTheKey() {
        ConfigSync raced = new ConfigSync(new Raced(store, new Put(DOMAIN, TO_UP1)), routing, null);
        routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

        SourceException refused =
                catchThrowableOfType(SourceException.class, () -> new StoreSource(routing, raced, log).dump(AUTHOR));

        assertThat(refused.conflict()).isTrue();
        assertThat(refused.keys()).containsExactly("rules/t.local");
    }

    @Test
    void aStoreThatIsAwayIsSaidToBe() {
        store.close();

        assertThatThrownBy(() -> source.dump(AUTHOR))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("closed");
    }

    /** Writes as another client would, and waits until it is in force. */
    private void write(StoredChange... changes) throws Exception {
        long revision = store.commit(store.load(), List.of(changes));
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (routing.current().sourceRevision() < revision && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(routing.current().sourceRevision()).isGreaterThanOrEqualTo(revision);
    }

    private String rules(String domain) {
        return routing.current().domains().get(domain).rules().toJson();
    }

    private Map<ConfigKey, String> texts() throws StoreException {
        Map<ConfigKey, String> texts = new HashMap<>();
        store.load().entries().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    private static String toBackend(String upstream) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + upstream
                + "\"}}}}";
    }

    /** A store in which another writer is always a moment faster. */
    private record Raced(ConfigStore store, StoredChange other) implements ConfigStore {
        @Override
        public StoredConfig load() throws StoreException {
            return store.load();
        }

        @Override
        public AutoCloseable watch(StoreListener listener) {
            return store.watch(listener);
        }

        @Override
        public long commit(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along) throws StoreException {
            store.commit(store.load(), List.of(other));
            return store.commit(base, changes, along);
        }

        @Override
        public Annex annex(String name) {
            return store.annex(name);
        }

        @Override
        public StoreStatus status() {
            return store.status();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
