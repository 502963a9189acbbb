package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.Annex;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.RecordingListener;
import io.erulb.store.StoreConflictException;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commits that one transaction of etcd's does not hold. */
@Timeout(60)
final class EtcdStagedCommitTest {
    private static final int MANY = 10_000;
    private static final ConfigKey OTHER = new DomainKey("other.local");
    private static final List<Annex.Put> ALONG = List.of(new Annex.Put("history", "changes/1", "along"));
    private static final Duration SOON = Duration.ofSeconds(10);

    private EtcdProcess etcd;
    private EtcdConfigStore store;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start();
        store = storeAt(etcd.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        etcd.close();
    }

    @Test
    void areMadeAsAWholeWithWhatGoesAlong() throws Exception {
        store.commit(store.load(), domains(0, MANY / 2, "old"));
        List<StoredChange> changes = new ArrayList<>(domains(MANY / 4, MANY, "new"));
        changes.addAll(deletions(0, MANY / 4));

        long revision = store.commit(store.load(), changes, ALONG);

        StoredConfig loaded = store.load();
        assertThat(loaded.entries()).hasSize(MANY * 3 / 4);
        assertThat(texts(loaded).values()).containsOnly("new");
        assertThat(loaded.revision()).isGreaterThanOrEqualTo(revision);
        assertThat(store.annex("history").get("changes/1")).isEqualTo("along");
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB.").strip())
                .isEqualTo("/ELB.history/changes/1");
    }

    @Test
    void areToldAtOnce() throws Exception {
        store.commit(store.load(), domains(0, MANY, "old"));
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store.watch(listener)) {
            assertThat(watch).isNotNull();
            listener.await("all that is old", SOON, told -> told.texts().size() == MANY);

            StoredConfig base = store.load();
            store.commit(base, domains(0, MANY, "new"));
            listener.await("all that is new", SOON, told -> told.texts().containsValue("new"));

            for (RecordingListener.Call call : listener.calls()) {
                assertThat(texts(call.state()).values().stream().distinct()).hasSize(1);
            }
            StoredConfig after = store.load();
            store.commit(after, List.of(new Put(OTHER, "1")));
            listener.await("the next change", SOON, told -> told.texts().containsKey(OTHER.path()));
            assertThat(listener.changes()).hasSize(1);
        }
    }

    @Test
    void mayBeLarge() throws Exception {
        String text = "é".repeat(30_000);

        store.commit(store.load(), domains(0, 150, text));

        assertThat(texts(store.load())).hasSize(150).containsValue(text).containsEntry("rules/d0.local", text);
        store.commit(
                store.load(),
                List.of(
                        new Put(OTHER, "x".repeat(1_500_000)),
                        domains(0, 1, "y".repeat(99_999)).get(0)));
        assertThat(texts(store.load())).containsEntry(OTHER.path(), "x".repeat(1_500_000));
    }

    @Test
    void areRefusedForOneKeyOfAnother() throws Exception {
        StoredConfig base = store.load();
        store.commit(base, List.of(new Put(key(7), "theirs")));
        StoredConfig now = store.load();

        assertThatThrownBy(() -> store.commit(base, domains(0, MANY, "ours"), ALONG))
                .isInstanceOfSatisfying(
                        StoreConflictException.class, e -> assertThat(e.keys()).containsExactly(key(7)));

        assertThat(store.load().entries()).isEqualTo(now.entries());
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB.history/"))
                .isBlank();
        assertThat(etcd.etcdctl("get", "/ELB.~commit")).isBlank();
        store.commit(store.load(), List.of(new Put(OTHER, "goes on at once")));
    }

    @Test
    void guardWhatNeedsNoWriting() throws Exception {
        store.commit(store.load(), domains(0, MANY / 2, "same"));
        StoredConfig base = store.load();
        etcd.put("/ELB/rules/d7.local", "same");

        assertThatThrownBy(() -> store.commit(base, domains(0, MANY, "same")))
                .isInstanceOfSatisfying(
                        StoreConflictException.class, e -> assertThat(e.keys()).containsExactly(key(7)));
    }

    @Test
    void areMadeThoughTheAnswerToTheDecisionIsLost() throws Exception {
        try (Forwarder forwarder = Forwarder.to(etcd.port());
                EtcdConfigStore behind = storeAt(forwarder.endpoint())) {
            StoredConfig base = behind.load();
            forwarder.loseAnswersTo("along");

            behind.commit(base, domains(0, MANY, "new"), ALONG);
        }

        assertThat(texts(store.load())).hasSize(MANY);
    }

    @Test
    void areNotSeenBeforeTheyAreWrittenAndWrittenByOthersWhenTheirWriterDied() throws Exception {
        store.commit(store.load(), domains(0, 3, "old"));
        StoredConfig base = store.load();
        leave(
                CommitMarker.decided("left", 1),
                base,
                List.of(new Put(key(0), "new"), new Put(key(1), "new"), new Delete(key(2))));
        // As far as its writer came.
        etcd.put("/ELB/rules/d0.local", "new");

        assertThat(store.load().entries()).isEqualTo(base.entries());
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store.watch(listener)) {
            assertThat(watch).isNotNull();
            listener.await("what is left", SOON, told -> told.texts().containsValue("new"));

            assertThat(listener.calls()).hasSize(2);
            assertThat(listener.calls().get(0).state().entries()).isEqualTo(base.entries());
            assertThat(listener.texts()).isEqualTo(Map.of("rules/d0.local", "new", "rules/d1.local", "new"));
        }
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB.")).isBlank();
    }

    @Test
    void areWrittenByTheNextCommitWhenTheirWriterDied() throws Exception {
        StoredConfig base = store.load();
        leave(CommitMarker.decided("left", 1), base, domains(0, 3, "new"));

        store.commit(base, List.of(new Put(OTHER, "1")));

        assertThat(texts(store.load())).hasSize(4);
    }

    @Test
    void leaveAloneWhatIsWrittenPastTheStoreMeanwhile() throws Exception {
        store.commit(store.load(), domains(0, 4, "old"));
        leave(CommitMarker.decided("left", 1), store.load(), domains(0, 4, "new"));
        etcd.put("/ELB/rules/d1.local", "theirs");
        etcd.delete("/ELB/rules/d2.local");

        store.commit(StoredConfig.EMPTY, List.of(new Put(OTHER, "1")));

        assertThat(texts(store.load()))
                .isEqualTo(Map.of(
                        "rules/d0.local", "new",
                        "rules/d1.local", "theirs",
                        "rules/d3.local", "new",
                        "rules/other.local", "1"));
    }

    @Test
    void areForgottenWhenTheirWriterDiedBeforeTheyWereDecided() throws Exception {
        String lease = etcd.etcdctl("lease", "grant", "2").split(" ", -1)[1];
        leaveTexts(store.load(), domains(0, 3, "new"));
        etcd.etcdctl("put", "--lease=" + lease, "/ELB.~commit", CommitMarker.prepared("left"));

        store.commit(store.load(), List.of(new Put(OTHER, "1")));
        store.commit(store.load(), domains(0, MANY, "later"));

        assertThat(texts(store.load())).hasSize(MANY + 1).doesNotContainValue("new");
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB.")).isBlank();
    }

    @Test
    void thatLostTheirTextsAreNotTakenForEmptyOnes() throws Exception {
        leave(CommitMarker.decided("left", 2), store.load(), domains(0, 3, "new"));

        assertThatThrownBy(() -> store.commit(StoredConfig.EMPTY, List.of(new Put(OTHER, "1"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("only 1 texts of 2")
                .hasMessageContaining("delete /ELB.~commit to give it up");
    }

    /** What a writer leaves when it dies at a moment. */
    private void leave(String marker, StoredConfig base, List<StoredChange> changes) throws Exception {
        leaveTexts(base, changes);
        etcd.put("/ELB.~commit", marker);
    }

    private void leaveTexts(StoredConfig base, List<StoredChange> changes) throws Exception {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append(StagedChange.of(change, base).format()));
        store.annex("staged").putAll(Map.of("left/0", text.toString()));
    }

    private static EtcdConfigStore storeAt(String endpoint) {
        return EtcdConfigStore.builder()
                .endpoints(endpoint)
                .requestTimeout(Duration.ofSeconds(3))
                .build();
    }

    private static Map<String, String> texts(StoredConfig config) {
        return RecordingListener.texts(config);
    }

    private static List<StoredChange> domains(int from, int to, String text) {
        List<StoredChange> changes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            changes.add(new Put(key(i), text));
        }
        return changes;
    }

    private static List<StoredChange> deletions(int from, int to) {
        List<StoredChange> changes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            changes.add(new Delete(key(i)));
        }
        return changes;
    }

    private static ConfigKey key(int i) {
        return new DomainKey("d" + i + ".local");
    }
}
