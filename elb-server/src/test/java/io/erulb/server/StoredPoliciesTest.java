package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.StoreWrite;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.PolicyKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.MemoryStore;
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

/** Policies in the store: they come into force, are dumped, written first, remembered and taken back like the rest. */
@Timeout(30)
class StoredPoliciesTest {
    private static final String RANDOM = "{\"balancer\":{\"type\":\"random\"}}";
    private static final String P2C = "{\"balancer\":{\"type\":\"p2c\"}}";
    private static final ChangeAuthor AUTHOR = new ChangeAuthor("test", "");
    private static final PolicyKey KEY = new PolicyKey("up1");

    private final MemoryStore store = new MemoryStore();
    private final ChangeLog log = new ChangeLog(new ChangeHistory(store, 100, Clock.systemUTC()));
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ConfigSync sync = new ConfigSync(store, routing, null);
    private final StoreSource source = new StoreSource(routing, sync, log);

    @BeforeEach
    void fill() throws Exception {
        store.commit(store.load(), List.of(new Put(new ServerKey("up1", "127.0.0.1:81"), ""), new Put(KEY, RANDOM)));
        sync.snapshot(store.load());
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
        routing.close();
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    private void write(RoutingChange.Builder change) throws Exception {
        Objects.requireNonNull(source.write(new StoreWrite(change.build(), table -> true, false, AUTHOR)));
    }

    private String inForce() {
        return Objects.requireNonNull(routing.current().target("up1")).policy().toJson();
    }

    private Map<ConfigKey, String> texts() throws Exception {
        Map<ConfigKey, String> texts = new HashMap<>();
        store.load().entries().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    @Test
    void comeIntoForceAndGo() throws Exception {
        assertThat(inForce()).isEqualTo(RANDOM);

        StoredChange gone = new StoredChange.Delete(KEY);
        sync.changed(store.commit(store.load(), List.of(gone)), List.of(gone));
        sync.settled();

        assertThat(inForce()).isEqualTo("{}");
    }

    @Test
    void aFaultyOneLeavesTheLastGoodOneAndIsNotDumpedOver() throws Exception {
        StoredChange bad = new Put(KEY, "{\"balancer\":7}");
        sync.changed(store.commit(store.load(), List.of(bad)), List.of(bad));
        sync.settled();

        assertThat(inForce()).isEqualTo(RANDOM);
        assertThat(routing.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.revision()).isEqualTo(2);
            assertThat(problem.fault()).hasToString("policy up1, balancer: expected: an object");
        });
        source.dump(AUTHOR);
        assertThat(texts()).containsEntry(KEY, "{\"balancer\":7}");
    }

    @Test
    void areDumpedFromMemory() throws Exception {
        routing.apply(change().putPolicy("up1", P2C).putPolicy("up2", RANDOM).build());

        source.dump(AUTHOR);

        assertThat(texts()).containsEntry(KEY, P2C).containsEntry(new PolicyKey("up2"), RANDOM);

        routing.apply(change().removePolicy("up1").removePolicy("up2").build());
        source.dump(AUTHOR);
        assertThat(texts()).containsOnlyKeys(new ServerKey("up1", "127.0.0.1:81"));
    }

    @Test
    void theSameInOtherWordsIsNotDumped() throws Exception {
        routing.apply(change().putPolicy("up1", RANDOM.replace(":", " : ")).build());

        assertThat(source.plan()).isEmpty();
    }

    @Test
    void areWrittenToTheStoreFirst() throws Exception {
        write(change().putPolicy("up1", P2C));

        assertThat(texts()).containsEntry(KEY, P2C);
        assertThat(inForce()).isEqualTo(P2C);

        write(change().removePolicy("up1"));
        assertThat(texts()).doesNotContainKey(KEY);
        assertThat(inForce()).isEqualTo("{}");
    }

    @Test
    void areRememberedAndTakenBack() throws Exception {
        write(change().putPolicy("up1", P2C));

        PastChange change = source.change(source.changes().get(0).id());

        assertThat(Objects.requireNonNull(change).edits())
                .containsExactly(new PastChange.Edit(Kind.POLICY, "up1", null, RANDOM, P2C));
        write(change().putPolicy("up1", "{}"));
        source.write(new StoreWrite(change.back(), table -> true, false, AUTHOR));
        assertThat(texts()).containsEntry(KEY, RANDOM);
        assertThat(inForce()).isEqualTo(RANDOM);
    }
}
