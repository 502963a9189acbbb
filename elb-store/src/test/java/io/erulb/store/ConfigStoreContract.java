package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store promises: of configuration here, of texts beside it in {@link AnnexContract}. */
public abstract class ConfigStoreContract extends AnnexContract {

    protected static final ConfigKey SERVER = new ServerKey("up1", "127.0.0.1:8088");
    private static final Duration SOON = Duration.ofSeconds(1);

    @Test
    void isEmptyAtFirst() throws Exception {
        assertThat(store().load().entries()).isEmpty();
    }

    @Test
    void givesBackWhatWasCommitted() throws Exception {
        List<StoredChange> changes = List.of(
                new Put(BLOG, "{\n  \"init\": \"r1\"\n}\n"), new Put(SHOP, "{\"é\":\"\\t\"}"), new Put(SERVER, ""));

        long revision = store().commit(store().load(), changes);

        StoredConfig loaded = store().load();
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

        long revision = store().commit(before, List.of(new Delete(BLOG), new Put(SERVER, "weight=2")));

        assertThat(revision).isGreaterThan(before.revision());
        assertThat(store().load().entries()).isEqualTo(Map.of(SERVER, new StoredValue("weight=2", revision)));
    }

    @Test
    void tellsASnapshotFirst() throws Exception {
        StoredConfig before = committed(new Put(BLOG, "1"));
        RecordingListener listener = new RecordingListener();

        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);
        }

        assertThat(listener.calls().get(0).state()).isEqualTo(before);
    }

    @Test
    void tellsAChangeWithinASecond() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            StoredConfig after = committed(new Put(BLOG, "1"));

            listener.await("the change", SOON, told -> told.state().equals(after));
        }
    }

    @Test
    void tellsTheChangesOfOneRevisionInOneCall() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);
            List<StoredChange> changes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                changes.add(new Put(new ServerKey("up" + i % 7, "10.0.0.1:" + i), "weight=" + i));
            }

            long revision = store().commit(store().load(), changes);

            listener.await(
                    "the changes", SOON.multipliedBy(5), told -> told.changes().size() == 1);
            assertThat(listener.changes().get(0).revision()).isEqualTo(revision);
            assertThat(listener.changes().get(0).changes()).containsExactlyInAnyOrderElementsOf(changes);
        }
    }

    @Test
    void tellsEveryRevisionInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
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
    void tellsWhenNoMoreChangesAreAtHand() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            for (int i = 0; i < 20; i++) {
                StoredConfig after = committed(new Put(BLOG, "" + i));

                listener.await(
                        "that change alone",
                        SOON.multipliedBy(5),
                        told -> told.state().equals(after) && told.isSettled());
            }
        }
    }

    @Test
    void tellsEachOfTwoListeners() throws Exception {
        RecordingListener one = new RecordingListener();
        RecordingListener two = new RecordingListener();
        try (AutoCloseable first = store().watch(one);
                AutoCloseable second = store().watch(two)) {
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
        try (AutoCloseable watch = store().watch(new ThrowingListener(listener))) {
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
        try (AutoCloseable watch = store().watch(open)) {
            try (AutoCloseable other = store().watch(closed)) {
                awaitSnapshot(closed, other);
            }
            awaitSnapshot(open, watch);

            StoredConfig after = committed(new Put(BLOG, "1"));

            open.await("the change", SOON, told -> told.state().equals(after));
            assertThat(closed.changes()).isEmpty();
        }
    }

    @Test
    void refusesACommitOnAStaleBaseNamingTheKeysAndWritingNothing() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"), new Put(SERVER, "weight=1"));
        StoredConfig now = committed(new Put(BLOG, "theirs"), new Put(SHOP, "theirs"));

        StoreConflictException conflict = catchThrowableOfType(
                StoreConflictException.class,
                () -> store().commit(
                                base, List.of(new Put(SERVER, "weight=2"), new Put(SHOP, "ours"), new Delete(BLOG))));

        assertThat(conflict.keys()).containsExactly(BLOG, SHOP);
        assertThat(conflict).hasMessageContaining("rules/blog.local").hasMessageContaining("rules/shop.local:8080");
        assertThat(store().load().entries()).isEqualTo(now.entries());
    }

    @Test
    void refusesToPutAKeyThatAnotherDeleted() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        committed(new Delete(BLOG));

        assertThatThrownBy(() -> store().commit(base, List.of(new Put(BLOG, "2"))))
                .isInstanceOfSatisfying(
                        StoreConflictException.class, e -> assertThat(e.keys()).containsExactly(BLOG));

        assertThat(store().load().entries()).isEmpty();
    }

    @Test
    void guardsAKeyThatNeedsNoWriting() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        committed(new Put(BLOG, "theirs"));

        assertThatThrownBy(() -> store().commit(base, List.of(new Put(BLOG, "1"), new Put(SHOP, "ours"))))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void leavesKeysAloneThatTheCommitDoesNotName() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        committed(new Put(SHOP, "theirs"));

        store().commit(base, List.of(new Put(BLOG, "2")));

        assertThat(RecordingListener.texts(store().load()))
                .isEqualTo(Map.of("rules/blog.local", "2", "rules/shop.local:8080", "theirs"));
    }

    @Test
    void doesNotWriteAnEqualValueAnew() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));

        store().commit(base, List.of(new Put(BLOG, "1"), new Delete(SHOP)));

        assertThat(store().load().entries()).isEqualTo(base.entries());
    }

    @Test
    void takesACommitWithoutChanges() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));

        assertThat(store().commit(base, List.of())).isEqualTo(base.revision());
    }

    @Test
    void refusesTwoChangesOfOneKey() {
        assertThatThrownBy(() -> store().commit(StoredConfig.EMPTY, List.of(new Put(BLOG, "1"), new Delete(BLOG))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rules/blog.local");
    }

    @Test
    void tellsHowItIsDoing() throws Exception {
        StoredConfig config = committed(new Put(BLOG, "1"));

        StoreStatus status = store().status();

        assertThat(status.description()).isNotBlank();
        assertThat(status.connected()).isTrue();
        assertThat(status.age()).isNotNull().isLessThan(Duration.ofSeconds(30));
        assertThat(status.revision()).isEqualTo(config.revision());
        assertThat(status.error()).isNull();
        assertThat(status.strayKeys()).isEmpty();
    }

    @Test
    void refusesEverythingOnceClosed() {
        store().close();
        store().close();

        assertThatThrownBy(() -> store().load())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store().commit(StoredConfig.EMPTY, List.of(new Put(BLOG, "1"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store().watch(new RecordingListener())).isInstanceOf(IllegalStateException.class);
        assertThat(store().status().connected()).isFalse();
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
            throw new OutOfMemoryError("thrown by a listener on purpose");
        }
    }
}
