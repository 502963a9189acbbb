package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingException;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.erulb.routing.StoreWrite;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.MemoryStore;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Put;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes that go to the store first, and are in force when they are answered. */
@Timeout(30)
class StoreWritesTest {
    private static final String TO_UP1 = toBackend("up1");
    private static final String TO_UP2 = toBackend("up2");
    private static final ChangeAuthor AUTHOR = new ChangeAuthor("test", "");
    private static final DomainKey DOMAIN = new DomainKey("t.local");
    private static final ServerKey SERVER = new ServerKey("up1", "127.0.0.1:81");
    private static final ServerKey OTHER_SERVER = new ServerKey("up1", "127.0.0.1:82");

    private final MemoryStore store = new MemoryStore();
    private final ChangeLog log = new ChangeLog(new ChangeHistory(store, 100, Clock.systemUTC()));
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults()
            .withResolver(
                    host -> {
                        throw new java.net.UnknownHostException(host);
                    },
                    java.time.Duration.ofHours(1)));
    private final ConfigSync sync = new ConfigSync(store, routing, null);
    private final StoreSource source = new StoreSource(routing, sync, log);

    @BeforeEach
    void fill() throws Exception {
        store.commit(
                store.load(), List.of(new Put(DOMAIN, TO_UP1), new Put(SERVER, "weight=2"), new Put(OTHER_SERVER, "")));
        sync.snapshot(store.load());
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
        routing.close();
    }

    @Test
    void areInTheStoreAndInForceAtTheStoresRevision() throws Exception {
        RoutingTable table =
                write(change().putDomain("new.local", TO_UP1).putUpstream("up2", Map.of("127.0.0.1:83", "")));

        assertThat(texts())
                .containsEntry(new DomainKey("new.local"), TO_UP1)
                .containsEntry(new ServerKey("up2", "127.0.0.1:83"), "");
        assertThat(table).isSameAs(routing.current());
        assertThat(table.domains()).containsKey("new.local");
        assertThat(table.sourceRevision()).isEqualTo(store.load().revision()).isEqualTo(2);
    }

    @Test
    void replaceAllServersOfAnUpstream() throws Exception {
        write(change().putUpstream("up1", Map.of("127.0.0.1:82", "weight=5")));

        assertThat(texts()).isEqualTo(Map.of(DOMAIN, TO_UP1, OTHER_SERVER, "weight=5"));
        assertThat(servers("up1")).isEqualTo(Map.of("127.0.0.1:82", "weight=5"));
    }

    @Test
    void removeADomainAndAnUpstream() throws Exception {
        write(change().removeDomain("t.local").removeUpstream("up1").removeDomain("nope"));

        assertThat(texts()).isEmpty();
        assertThat(routing.current().domains()).isEmpty();
        assertThat(routing.current().upstreams()).isEmpty();
    }

    @Test
    void goByTheLastOfSeveralEditsOfAKey() throws Exception {
        write(change().putUpstream("up2", Map.of("127.0.0.1:83", ""))
                .removeUpstream("up2")
                .removeDomain("t.local")
                .putDomain("t.local", TO_UP2)
                .putServer("up1", "127.0.0.1:84", "")
                .removeServer("up1", "127.0.0.1:81"));

        assertThat(texts())
                .isEqualTo(Map.of(DOMAIN, TO_UP2, OTHER_SERVER, "", new ServerKey("up1", "127.0.0.1:84"), ""));
        assertThat(servers("up1")).containsOnlyKeys("127.0.0.1:82", "127.0.0.1:84");
    }

    @Test
    void withAFaultAreRefusedAsAWhole() throws Exception {
        assertThatThrownBy(() -> write(change().putDomain("new.local", TO_UP1).putDomain("bad.local", "{}")))
                .isInstanceOf(RoutingException.class);

        assertThat(store.load().revision()).isEqualTo(1);
        assertThat(routing.current().domains()).containsOnlyKeys("t.local");
    }

    @Test
    void areNotMadeWhenTheTableIsNotAsExpected() throws Exception {
        StoreWrite unexpected = new StoreWrite(change().removeDomain("t.local").build(), table -> false, false, AUTHOR);

        assertThat(source.write(unexpected)).isNull();

        assertThat(store.load().revision()).isEqualTo(1);
    }

    @Test
    void areJudgedByWhatTheStoreHoldsNow() throws Exception {
        store.commit(store.load(), List.of(new Put(new DomainKey("theirs.local"), TO_UP2)));

        source.write(new StoreWrite(
                change().removeDomain("t.local").build(),
                table -> table.domains().containsKey("theirs.local"),
                false,
                AUTHOR));

        assertThat(texts()).doesNotContainKey(DOMAIN);
    }

    @Test
    void takeNoUpstreamAwayThatRulesStillName() throws Exception {
        SourceException refused =
                catchThrowableOfType(SourceException.class, () -> write(change().removeUpstream("up1")));

        assertThat(refused).hasMessageContaining("up1 (by t.local)");
        assertThat(refused.keys()).containsExactly("rules/t.local");
        assertThat(texts()).containsKeys(SERVER, OTHER_SERVER);
        assertThat(routing.current().upstreams()).containsKey("up1");
    }

    @Test
    void takeItAwayByForceOrTogetherWithTheRules() throws Exception {
        source.write(new StoreWrite(change().removeUpstream("up1").build(), table -> true, true, AUTHOR));
        assertThat(texts()).isEqualTo(Map.of(DOMAIN, TO_UP1));

        write(change().putUpstream("up1", Map.of("127.0.0.1:81", "")));
        write(change().removeUpstream("up1").putDomain("t.local", TO_UP2));
        assertThat(texts()).isEqualTo(Map.of(DOMAIN, TO_UP2));
    }

    @Test
    void refuseAnUpstreamWithoutServers() {
        assertThatThrownBy(() -> write(change().putUpstream("up1", Map.of())))
                .isInstanceOf(RoutingException.class)
                .hasMessageContaining("up1, servers", "at least one");
    }

    @Test
    void leaveWhatStandsInMemoryAloneOutOfTheStore() throws Exception {
        routing.apply(change().putDomain("mine.local", TO_UP1)
                .putUpstream("up1", Map.of("127.0.0.1:99", ""))
                .build());

        write(change().putDomain("new.local", TO_UP1));

        assertThat(texts()).containsOnlyKeys(DOMAIN, SERVER, OTHER_SERVER, new DomainKey("new.local"));
        assertThat(routing.current().domains()).containsKeys("mine.local", "new.local");
        assertThat(servers("up1")).containsOnlyKeys("127.0.0.1:99");
    }

    @Test
    void mendAFaultyValue() throws Exception {
        StoredChange bad = new Put(DOMAIN, "{broken");
        sync.changed(store.commit(store.load(), List.of(bad)), List.of(bad));
        sync.settled();

        write(change().putDomain("t.local", TO_UP2));

        assertThat(texts()).containsEntry(DOMAIN, TO_UP2);
        assertThat(routing.problems()).extracting(problem -> problem.revision()).containsOnly(0L);
    }

    @Test
    void comingBackFromTheStoreUndoNoLaterChange() throws Exception {
        write(change().putDomain("t.local", TO_UP2));
        routing.apply(change().putDomain("t.local", TO_UP1).build());

        sync.changed(store.load().revision(), List.of(new Put(DOMAIN, TO_UP2)));
        sync.settled();

        assertThat(Objects.requireNonNull(routing.current().domains().get("t.local"))
                        .rules()
                        .toJson())
                .isEqualTo(TO_UP1);
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    private RoutingTable write(RoutingChange.Builder change) throws SourceException {
        return Objects.requireNonNull(source.write(new StoreWrite(change.build(), table -> true, false, AUTHOR)));
    }

    private Map<String, String> servers(String upstream) {
        return Objects.requireNonNull(routing.current().upstreams().get(upstream))
                .parameters();
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
}
