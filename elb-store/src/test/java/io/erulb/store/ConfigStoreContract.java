package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises. */
public abstract class ConfigStoreContract {

    protected static final ConfigKey BLOG = new DomainKey("blog.local");
    protected static final ConfigKey SHOP = new DomainKey("shop.local:8080");
    protected static final ConfigKey SERVER = new ServerKey("up1", "127.0.0.1:8088");
    private static final Duration SOON = Duration.ofSeconds(1);

    private ConfigStore store;

    /** Opens the store under test, on empty ground of its own for each test. */
    protected abstract ConfigStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    protected final ConfigStore store() {
        return store;
    }

    @Test
    void isEmptyAtFirst() throws Exception {
        assertThat(store.load().entries()).isEmpty();
    }

    @Test
    void givesBackWhatWasCommitted() throws Exception {
        List<StoredChange> changes = List.of(
                new Put(BLOG, "{\n  \"init\": \"r1\"\n}\n"), new Put(SHOP, "{\"é\":\"\\t\"}"), new Put(SERVER, ""));

        long revision = store.commit(store.load(), changes);

        StoredConfig loaded = store.load();
        assertThat(loaded.revision()).isEqualTo(revision);
        assertThat(loaded.entries())
                .isEqualTo(Map.of(
                        BLOG, new StoredValue("{\n  \"init\": \"r1\"\n}\n", revision),
                        SHOP, new StoredValue("{\"é\":\"\\t\"}", revision),
                        SERVER, new StoredValue("", revision)));
    }

    @Test
    void deletesAndReplacesAtOneRevision() throws Exception {
        StoredConfig before = committed(new Put(BLOG, "1"), new Put(SERVER, "weight=1"));

        long revision = store.commit(before, List.of(new Delete(BLOG), new Put(SERVER, "weight=2")));

        assertThat(revision).isGreaterThan(before.revision());
        assertThat(store.load().entries()).isEqualTo(Map.of(SERVER, new StoredValue("weight=2", revision)));
    }

    @Test
    void tellsASnapshotFirst() throws Exception {
        StoredConfig before = committed(new Put(BLOG, "1"));
        RecordingListener listener = new RecordingListener();

        try (AutoCloseable watch = store.watch(listener)) {
            awaitSnapshot(listener, watch);
        }

        assertThat(listener.calls().get(0).state()).isEqualTo(before);
    }

    @Test
    void tellsAChangeWithinASecond() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store.watch(listener)) {
            awaitSnapshot(listener, watch);

            StoredConfig after = committed(new Put(BLOG, "1"));

            listener.await("the change", SOON, told -> told.state().equals(after));
        }
    }

    @Test
    void tellsTheChangesOfOneRevisionInOneCall() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store.watch(listener)) {
            awaitSnapshot(listener, watch);
            List<StoredChange> changes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                changes.add(new Put(new ServerKey("up" + i % 7, "10.0.0.1:" + i), "weight=" + i));
            }

            long revision = store.commit(store.load(), changes);

            listener.await(
                    "the changes", SOON.multipliedBy(5), told -> told.changes().size() == 1);
            assertThat(listener.changes().get(0).revision()).isEqualTo(revision);
            assertThat(listener.changes().get(0).changes()).containsExactlyInAnyOrderElementsOf(changes);
        }
    }

    @Test
    void tellsEveryRevisionInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store.watch(listener)) {
            awaitSnapshot(listener, watch);

            StoredConfig last = StoredConfig.EMPTY;
            for (int i = 0; i < 20; i++) {
                last = committed(i % 3 == 2 ? new Delete(BLOG) : new Put(BLOG, "" + i));
            }

            StoredConfig end = last;
            listener.await(
                    "the last change",
                    SOON.multipliedBy(5),
                    told -> told.state().equals(end));
            assertThat(listener.changes()).hasSize(20);
            assertThat(listener.changes())
                    .extracting(RecordingListener.Call::revision)
                    .isSorted();
        }
    }

    @Test
    void tellsEachOfTwoListeners() throws Exception {
        RecordingListener one = new RecordingListener();
        RecordingListener two = new RecordingListener();
        try (AutoCloseable first = store.watch(one);
                AutoCloseable second = store.watch(two)) {
            awaitSnapshot(one, first);
            awaitSnapshot(two, second);

            StoredConfig after = committed(new Put(BLOG, "1"));

            one.await("the change", SOON, told -> told.state().equals(after));
            two.await("the change", SOON, told -> told.state().equals(after));
        }
    }

    @Test
    void goesOnAfterAListenerThrew() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store.watch(new ThrowingListener(listener))) {
            awaitSnapshot(listener, watch);

            committed(new Put(BLOG, "1"));
            StoredConfig after = committed(new Put(BLOG, "2"));

            listener.await("the second change", SOON, told -> told.state().equals(after));
        }
    }

    @Test
    void tellsNothingOnceTheWatchIsClosed() throws Exception {
        RecordingListener closed = new RecordingListener();
        RecordingListener open = new RecordingListener();
        try (AutoCloseable watch = store.watch(open)) {
            try (AutoCloseable other = store.watch(closed)) {
                awaitSnapshot(closed, other);
            }
            awaitSnapshot(open, watch);

            StoredConfig after = committed(new Put(BLOG, "1"));

            open.await("the change", SOON, told -> told.state().equals(after));
            assertThat(closed.changes()).isEmpty();
        }
    }

    @Test
    void keepsTextsBesideTheConfiguration() throws Exception {
        Annex annex = store.annex("history");
        annex.putAll(Map.of("texts/a", "1\n", "texts/b", "é", "changes/x.y-1", ""));

        assertThat(annex.get("texts/b")).isEqualTo("é");
        assertThat(annex.get("texts/c")).isNull();
        assertThat(annex.list("texts"))
                .extracting(Annex.Entry::path, Annex.Entry::text)
                .containsExactlyInAnyOrder(tuple("texts/a", "1\n"), tuple("texts/b", "é"));
        assertThat(annex.names("changes"))
                .extracting(Annex.Entry::path, Annex.Entry::text)
                .containsExactly(tuple("changes/x.y-1", null));
        assertThat(store.annex("fleet").list("texts")).isEmpty();
        assertThat(store.load().entries()).isEmpty();
        assertThat(store.status().strayKeys()).isEmpty();
    }

    @Test
    void listsTextsInTheOrderTheyWereWritten() throws Exception {
        Annex annex = store.annex("history");
        for (String name : List.of("c", "a", "b")) {
            annex.putAll(Map.of("texts/" + name, name));
            awaitNextMillisecond();
        }
        annex.putAll(Map.of("texts/c", "again"));

        assertThat(annex.list("texts")).extracting(Annex.Entry::path).containsExactly("texts/a", "texts/b", "texts/c");
        assertThat(annex.names("texts")).extracting(Annex.Entry::written).isSorted();
    }

    @Test
    void putsATextOnlyWhereThereIsNone() throws Exception {
        Annex annex = store.annex("history");

        assertThat(annex.putIfAbsent("texts/a", "1")).isTrue();
        assertThat(annex.putIfAbsent("texts/a", "2")).isFalse();

        assertThat(annex.get("texts/a")).isEqualTo("1");
    }

    @Test
    void deletesTexts() throws Exception {
        Annex annex = store.annex("history");
        annex.putAll(Map.of("texts/a", "1", "texts/b", "2"));

        annex.deleteAll(List.of("texts/a", "texts/nope"));

        assertThat(annex.list("texts")).extracting(Annex.Entry::path).containsExactly("texts/b");
    }

    @Test
    void keepsManyTexts() throws Exception {
        Annex annex = store.annex("history");
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 1_200; i++) {
            many.put("texts/" + i, "x".repeat(2_000) + i);
        }

        annex.putAll(many);

        assertThat(annex.list("texts")).hasSize(1_200);
        annex.deleteAll(many.keySet());
        assertThat(annex.names("texts")).isEmpty();
    }

    @Test
    void putsTextsAlongWithACommitAndOnlyWithOneThatWrites() throws Exception {
        StoredConfig base = store.load();
        StoredConfig now = committed(new Put(SHOP, "theirs"));

        store.commit(base, List.of(new Put(BLOG, "1")), List.of(new Annex.Put("history", "changes/1", "first")));
        assertThatThrownBy(() -> store.commit(
                        base, List.of(new Put(SHOP, "ours")), List.of(new Annex.Put("history", "changes/2", "lost"))))
                .isInstanceOf(StoreConflictException.class);
        store.commit(now, List.of(new Put(SHOP, "theirs")), List.of(new Annex.Put("history", "changes/3", "same")));

        assertThat(store.annex("history").list("changes"))
                .extracting(Annex.Entry::text)
                .containsExactly("first");
    }

    @Test
    void putsTextsAlongWithALargeCommit() throws Exception {
        List<StoredChange> changes = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            changes.add(new Put(new DomainKey("d" + i), "" + i));
        }

        store.commit(store.load(), changes, List.of(new Annex.Put("history", "changes/1", "all")));

        assertThat(store.load().entries()).hasSize(4_000);
        assertThat(store.annex("history").get("changes/1")).isEqualTo("all");
    }

    @Test
    void refusesPathsThatAreNone() {
        Annex annex = store.annex("history");

        for (String path : List.of("", "a", "a/", "/a", "a/b/c", "../a", "a/..", "a/.b", "a/b c")) {
            assertThatThrownBy(() -> annex.putAll(Map.of(path, "")))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesACommitOnAStaleBaseNamingTheKeysAndWritingNothing() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"), new Put(SERVER, "weight=1"));
        StoredConfig now = committed(new Put(BLOG, "theirs"), new Put(SHOP, "theirs"));

        StoreConflictException conflict = catchThrowableOfType(
                StoreConflictException.class,
                () -> store.commit(
                        base, List.of(new Put(SERVER, "weight=2"), new Put(SHOP, "ours"), new Delete(BLOG))));

        assertThat(conflict.keys()).containsExactly(BLOG, SHOP);
        assertThat(conflict).hasMessageContaining("rules/blog.local").hasMessageContaining("rules/shop.local:8080");
        assertThat(store.load().entries()).isEqualTo(now.entries());
    }

    @Test
    void refusesToPutAKeyThatAnotherDeleted() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        committed(new Delete(BLOG));

        assertThatThrownBy(() -> store.commit(base, List.of(new Put(BLOG, "2"))))
                .isInstanceOfSatisfying(
                        StoreConflictException.class, e -> assertThat(e.keys()).containsExactly(BLOG));

        assertThat(store.load().entries()).isEmpty();
    }

    @Test
    void guardsAKeyThatNeedsNoWriting() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        committed(new Put(BLOG, "theirs"));

        assertThatThrownBy(() -> store.commit(base, List.of(new Put(BLOG, "1"), new Put(SHOP, "ours"))))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void leavesKeysAloneThatTheCommitDoesNotName() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        committed(new Put(SHOP, "theirs"));

        store.commit(base, List.of(new Put(BLOG, "2")));

        assertThat(RecordingListener.texts(store.load()))
                .isEqualTo(Map.of("rules/blog.local", "2", "rules/shop.local:8080", "theirs"));
    }

    @Test
    void doesNotWriteAnEqualValueAnew() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));

        store.commit(base, List.of(new Put(BLOG, "1"), new Delete(SHOP)));

        assertThat(store.load().entries()).isEqualTo(base.entries());
    }

    @Test
    void takesACommitWithoutChanges() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));

        assertThat(store.commit(base, List.of())).isEqualTo(base.revision());
    }

    @Test
    void refusesTwoChangesOfOneKey() {
        assertThatThrownBy(() -> store.commit(StoredConfig.EMPTY, List.of(new Put(BLOG, "1"), new Delete(BLOG))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rules/blog.local");
    }

    @Test
    void tellsHowItIsDoing() throws Exception {
        StoredConfig config = committed(new Put(BLOG, "1"));

        StoreStatus status = store.status();

        assertThat(status.description()).isNotBlank();
        assertThat(status.connected()).isTrue();
        assertThat(status.age()).isNotNull().isLessThan(Duration.ofSeconds(30));
        assertThat(status.revision()).isEqualTo(config.revision());
        assertThat(status.error()).isNull();
        assertThat(status.strayKeys()).isEmpty();
    }

    @Test
    void refusesEverythingOnceClosed() {
        store.close();
        store.close();

        assertThatThrownBy(() -> store.load())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.commit(StoredConfig.EMPTY, List.of(new Put(BLOG, "1"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.watch(new RecordingListener())).isInstanceOf(IllegalStateException.class);
        assertThat(store.status().connected()).isFalse();
    }

    /** Commits on what is there now. */
    protected final StoredConfig committed(StoredChange... changes) throws Exception {
        store.commit(store.load(), List.of(changes));
        return store.load();
    }

    /** Waits for the first snapshot; names the watch so that it is seen to be open. */
    protected static void awaitSnapshot(RecordingListener listener, AutoCloseable watch) {
        assertThat(watch).isNotNull();
        listener.await("a snapshot", SOON.multipliedBy(5), told -> told.snapshots() > 0);
    }

    /** Passes each call on and then throws. */
    private record ThrowingListener(StoreListener next) implements StoreListener {

        @Override
        public void snapshot(StoredConfig config) {
            next.snapshot(config);
            throw new IllegalStateException("thrown by a listener on purpose");
        }

        @Override
        public void changed(long revision, List<StoredChange> changes) {
            next.changed(revision, changes);
            throw new IllegalStateException("thrown by a listener on purpose");
        }
    }

    /** A folder's clock has milliseconds. */
    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }
}
