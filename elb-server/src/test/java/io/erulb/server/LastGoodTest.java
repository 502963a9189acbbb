package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.RoutingProblem;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ConfigCopy;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.MemoryStore;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk for a start without the store, and what such a start makes of it. */
@Timeout(30)
class LastGoodTest {
    private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");
    private static final String TO_UP1 = toBackend("up1");
    private static final String TO_UP2 = toBackend("up2");
    private static final ChangeAuthor AUTHOR = new ChangeAuthor("test", "");
    private static final DomainKey DOMAIN = new DomainKey("t.local");
    private static final DomainKey OTHER = new DomainKey("other.local");
    private static final ServerKey SERVER = new ServerKey("up1", "127.0.0.1:81");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final ChangeLog log = new ChangeLog(new ChangeHistory(store, 100, Clock.systemUTC()));
    private LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());

    @AfterEach
    void close() {
        log.close();
        store.close();
        routing.close();
    }

    @Test
    void keepsWhatTheStoreHolds() throws Exception {
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);
            write(sync, new Put(DOMAIN, TO_UP1), new Put(OTHER, TO_UP1), new Put(SERVER, "weight=2"));
            write(sync, new Delete(OTHER));
        }

        assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP1, SERVER, "weight=2"));
    }

    @Test
    void keepsTheValueBeforeAFaultyOne() throws Exception {
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);
            write(sync, new Put(DOMAIN, TO_UP1), new Put(SERVER, "weight=2"));
            write(sync, new Put(DOMAIN, "{broken"), new Put(SERVER, "weight=none"), new Put(OTHER, "{broken"));
        }

        assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP1, SERVER, "weight=2"));
    }

    @Test
    void keepsNothingThatStandsInMemoryAlone() throws Exception {
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);
            write(sync, new Put(DOMAIN, TO_UP1));
            routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());
            write(sync, new Put(SERVER, ""));
        }

        assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP1, SERVER, ""));
    }

    @Test
    void keepsWhatWasDumped() throws Exception {
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);
            write(sync, new Put(DOMAIN, TO_UP1));
            routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());
            new StoreSource(routing, sync, log).dump(AUTHOR);
        }

        assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP2));
    }

    @Test
    void isWrittenOnceItCanBe() throws Exception {
        Path inTheWay = Files.createDirectory(folder.resolve("config.copy.new"));
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);
            write(sync, new Put(DOMAIN, TO_UP1));
            await(() -> Objects.requireNonNull(sync.status().copy()).error() != null);

            Files.delete(inTheWay);

            await(() -> Objects.requireNonNull(sync.status().copy()).error() == null);
            assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP1));
        }
    }

    @Test
    void isInForceUntilTheStoreAnswers() throws Exception {
        keep(7, Map.of(DOMAIN, new StoredValue(TO_UP1, 5), SERVER, new StoredValue("", 7)));
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);

            assertThat(rules("t.local")).isEqualTo(TO_UP1);
            assertThat(Objects.requireNonNull(sync.status().copy()).inForceOf()).isEqualTo(NOW);

            sync.snapshot(new StoredConfig(9, Map.of(DOMAIN, new StoredValue(TO_UP2, 9))));
            assertThat(rules("t.local")).isEqualTo(TO_UP2);
            assertThat(routing.current().upstreams()).isEmpty();
            assertThat(Objects.requireNonNull(sync.status().copy()).inForceOf()).isNull();
        }
        assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP2));
    }

    @Test
    void staysInForceWhereTheStoreHoldsAFaultyValue() throws Exception {
        keep(7, Map.of(DOMAIN, new StoredValue(TO_UP1, 5)));
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);

            sync.snapshot(new StoredConfig(9, Map.of(DOMAIN, new StoredValue("{broken", 9))));

            assertThat(rules("t.local")).isEqualTo(TO_UP1);
            assertThat(routing.problems()).extracting(RoutingProblem::revision).contains(9L);
        }
        assertThat(kept()).isEqualTo(Map.of(DOMAIN, TO_UP1));
    }

    @Test
    void leavesAloneWhatAnAdministratorPutMeanwhile() throws Exception {
        keep(7, Map.of(DOMAIN, new StoredValue(TO_UP1, 5)));
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);
            routing.apply(RoutingChange.builder().putDomain("t.local", TO_UP2).build());

            sync.snapshot(new StoredConfig(9, Map.of(DOMAIN, new StoredValue(TO_UP1, 5))));

            assertThat(rules("t.local")).isEqualTo(TO_UP2);
        }
    }

    @Test
    void goesWithAStoreThatLostItsPast() throws Exception {
        keep(70, Map.of(DOMAIN, new StoredValue(TO_UP1, 5), OTHER, new StoredValue(TO_UP1, 6)));
        store.commit(store.load(), List.of(new Put(OTHER, TO_UP2)));
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);

            sync.snapshot(store.load());

            assertThat(routing.current().domains()).containsOnlyKeys("other.local");
            assertThat(rules("other.local")).isEqualTo(TO_UP2);
        }
    }

    @Test
    void isNotUsedWhenItIsDamagedAndReplacedInTime() throws Exception {
        keep(7, Map.of(DOMAIN, new StoredValue(TO_UP1, 5)));
        Files.writeString(file(), Files.readString(file()).replace("up1", "up9"));
        try (LastGood lastGood = open()) {
            ConfigSync sync = sync(lastGood);

            assertThat(routing.current().loaded()).isFalse();
            assertThat(Objects.requireNonNull(sync.status().copy()).error()).contains("is damaged");

            sync.snapshot(new StoredConfig(9, Map.of(OTHER, new StoredValue(TO_UP2, 9))));
        }
        assertThat(kept()).isEqualTo(Map.of(OTHER, TO_UP2));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private LastGood open() {
        return LastGood.open(new ConfigCopy(folder, "test"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private ConfigSync sync(LastGood lastGood) {
        ConfigSync sync = new ConfigSync(store, routing, lastGood);
        sync.startFromCopy();
        return sync;
    }

    private void write(ConfigSync sync, StoredChange... changes) throws Exception {
        long revision = store.commit(store.load(), List.of(changes));
        sync.changed(revision, List.of(changes));
        sync.settled();
    }

    private void keep(long revision, Map<ConfigKey, StoredValue> entries) throws Exception {
        new ConfigCopy(folder, "test").write(new StoredConfig(revision, entries), NOW);
    }

    private Map<ConfigKey, String> kept() throws Exception {
        Map<ConfigKey, String> texts = new TreeMap<>();
        Objects.requireNonNull(new ConfigCopy(folder, "test").read())
                .config()
                .entries()
                .forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    private Path file() {
        return new ConfigCopy(folder, "test").file();
    }

    private String rules(String domain) {
        return Objects.requireNonNull(routing.current().domains().get(domain))
                .rules()
                .toJson();
    }

    private static String toBackend(String upstream) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + upstream
                + "\"}}}}";
    }
}
