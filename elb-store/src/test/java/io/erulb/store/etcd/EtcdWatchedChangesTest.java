package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.erulb.store.ChangeHistory;
import io.erulb.store.ChangeHistory.Change;
import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ChangeHistory.Note;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.WatchedChanges;
import io.erulb.store.WatchedChanges.Seen;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Changes made past ELB, in the same history. */
final class EtcdWatchedChangesTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final DomainKey A = new DomainKey("a.local");
    private static final DomainKey B = new DomainKey("b.local");
    private static final Note NOTE = new Note("admin", "by hand", true);
    private static EtcdProcess etcd;

    private final EtcdConfigStore store = EtcdConfigStore.builder()
            .endpoints(etcd.endpoint())
            .name("elb" + NAMES.incrementAndGet())
            .build();
    private final ChangeHistory history = new ChangeHistory(store, 20, Clock.systemUTC());
    private final WatchedChanges watched = new WatchedChanges(history);

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        etcd.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void areKeptWithTheRevisionTheyWereSeenAt() throws Exception {
        assertThat(watched.add(List.of(seen(41, 42, new Edit(A, "1", "2"))))).isOne();

        Change change = onlyChange();
        assertThat(change.edits()).containsExactly(new Edit(A, "1", "2"));
        assertThat(change.summary().note()).isEqualTo(new Note("watch", "seen in the store at revision 42", true));
    }

    @Test
    void areKeptOnceThoughTwoInstancesSawThem() throws Exception {
        watched.add(List.of(seen(41, 42, new Edit(A, "1", "2"))));

        assertThat(watched.add(List.of(seen(41, 42, new Edit(A, "1", "2")), seen(40, 42, new Edit(A, "0", "2")))))
                .isZero();
        assertThat(history.list()).hasSize(1);
    }

    @Test
    void areNotThoseThatTheHistoryHasOfTheirAuthor() throws Exception {
        long before = store.load().revision();
        long revision = store.commit(
                store.load(),
                List.of(new Put(A, "2")),
                List.of(history.prepare(NOTE, List.of(new Edit(A, null, "2")))));

        assertThat(watched.add(List.of(seen(revision - 1, revision, new Edit(A, null, "2")))))
                .isZero();
        watched.add(List.of(seen(before, revision + 5, new Edit(A, null, "2"), new Edit(B, "5", "6"))));

        assertThat(history.list())
                .extracting(change -> change.note().by(), ChangeHistory.Summary::keys)
                .containsExactly(tuple("watch", List.of(B)), tuple("admin", List.of(A)));
    }

    @Test
    void areThoseThatTheHistoryHasOtherwiseOrAtAnotherTime() throws Exception {
        long revision = store.commit(
                store.load(),
                List.of(new Put(A, "2")),
                List.of(history.prepare(NOTE, List.of(new Edit(A, null, "2")))));

        watched.add(List.of(seen(revision - 2, revision - 1, new Edit(A, null, "2"))));
        watched.add(List.of(seen(revision - 1, revision + 1, new Edit(A, null, "3"))));
        watched.add(List.of(seen(revision + 1, revision + 2, new Edit(A, "3", "2"))));

        assertThat(history.list())
                .extracting(change -> change.note().message())
                .containsExactly(
                        "seen in the store at revision " + (revision + 2),
                        "seen in the store from revision " + revision + " to " + (revision + 1),
                        "seen in the store at revision " + (revision - 1),
                        "by hand");
    }

    @Test
    void areThoseThatOneInstanceHadInItsMemoryAlready() throws Exception {
        long before = store.load().revision();
        history.add(null, new Note("admin", "tried", false), List.of(new Edit(A, "1", "2")));

        watched.add(List.of(seen(before, before + 10, new Edit(A, "1", "2"))));

        assertThat(history.list()).extracting(change -> change.note().by()).containsExactly("watch", "admin");
    }

    @Test
    void doNotDriveOutTheOthersHoweverManyTheyAre() throws Exception {
        for (int i = 0; i < 3; i++) {
            history.add(null, NOTE, List.of(new Edit(A, "a" + i, "a" + (i + 1))));
        }
        List<Seen> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add(seen(1_000 + i, 1_001 + i, new Edit(B, "" + i, "" + (i + 1))));
        }
        assertThat(watched.add(many)).isEqualTo(50);

        history.prune();

        assertThat(history.list())
                .extracting(change -> change.note().by())
                .containsOnly("admin", "watch")
                .hasSize(23);
        for (ChangeHistory.Summary kept : history.list()) {
            assertThat(history.find(kept.id())).isNotNull();
        }
    }

    @Test
    void becomeOneFromTheFirstToTheLast() {
        Seen both = seen(1, 2, new Edit(A, "1", "2"), new Edit(B, "5", "6"))
                .then(seen(3, 4, new Edit(A, "2", "3"), new Edit(B, "6", "5")));

        assertThat(both).isEqualTo(seen(1, 4, new Edit(A, "1", "3")));
    }

    private Change onlyChange() throws Exception {
        assertThat(history.list()).hasSize(1);
        return Objects.requireNonNull(history.find(history.list().get(0).id()));
    }

    private static Seen seen(long after, long until, Edit... edits) {
        return new Seen(after, until, List.of(edits));
    }
}
