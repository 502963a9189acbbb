package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigStore;
import io.erulb.store.ConfigStoreContract;
import io.erulb.store.RecordingListener;
import io.erulb.store.StoreConflictException;
import io.erulb.store.StoreException;
import io.erulb.store.StoreListener;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EtcdConfigStoreTest extends ConfigStoreContract {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static EtcdProcess etcd;

    private String name = "";

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        etcd.close();
    }

    @Override
    protected ConfigStore open() {
        name = "elb" + NAMES.incrementAndGet();
        return EtcdConfigStore.builder()
                .endpoints(etcd.endpoint())
                .name(name)
                .checkInterval(Duration.ofMillis(200))
                .build();
    }

    @Test
    void readsWhatAnOperatorPuts() throws Exception {
        etcd.put("/" + name + "/rules/blog.local", "{\"init\":\"r1\"}");
        etcd.put("/" + name + "/upstreams/up1/127.0.0.1:8088", "");

        assertThat(RecordingListener.texts(store().load()))
                .isEqualTo(Map.of("rules/blog.local", "{\"init\":\"r1\"}", "upstreams/up1/127.0.0.1:8088", ""));
    }

    @Test
    void tellsWhatAnOperatorPutsAndDeletesWithinASecond() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            etcd.put("/" + name + "/rules/blog.local", "1");
            listener.await(
                    "the put", Duration.ofSeconds(1), told -> told.texts().containsValue("1"));
            etcd.delete("/" + name + "/rules/blog.local");
            listener.await(
                    "the delete", Duration.ofSeconds(1), told -> told.texts().isEmpty());
        }
    }

    @Test
    void ignoresAndListsStrayKeys() throws Exception {
        RecordingListener listener = new RecordingListener();
        etcd.put("/" + name + "/rules/a/b", "stray");
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);
            assertThat(store().status().strayKeys()).containsExactly("/" + name + "/rules/a/b");

            etcd.put("/" + name + "/notes", "stray");
            etcd.delete("/" + name + "/rules/a/b");
            etcd.put("/" + name + "/rules/blog.local", "1");

            listener.await(
                    "the change", Duration.ofSeconds(5), told -> !told.texts().isEmpty());
            assertThat(listener.texts()).containsOnlyKeys("rules/blog.local");
            assertThat(listener.changes()).hasSize(1);
            listener.await(
                    "the strays",
                    Duration.ofSeconds(5),
                    told -> store().status().strayKeys().equals(List.of("/" + name + "/notes")));
        }
    }

    @Test
    void doesNotSeeANeighbourWhoseNameBeginsAlike() throws Exception {
        etcd.put("/" + name + "x/rules/blog.local", "theirs");
        etcd.put("/" + name + ".history/1", "theirs");

        assertThat(store().load().entries()).isEmpty();
        assertThat(store().status().strayKeys()).isEmpty();
    }

    @Test
    void followsAPrefixThatIsDeletedAndRecreated() throws Exception {
        RecordingListener listener = new RecordingListener();
        committed(new Put(BLOG, "1"), new Put(SERVER, ""));
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            etcd.deletePrefix("/" + name + "/");
            listener.await(
                    "nothing left", Duration.ofSeconds(1), told -> told.texts().isEmpty());
            StoredConfig after = committed(new Put(BLOG, "2"));

            listener.await(
                    "the new one", Duration.ofSeconds(1), told -> told.state().equals(after));
            assertThat(listener.snapshots()).isEqualTo(1);
        }
    }

    @Test
    void commitsFourThousandKeysAtOneRevision() throws Exception {
        RecordingListener listener = new RecordingListener();
        List<StoredChange> changes = domains(EtcdCommit.MAX_CHANGES, "{\"init\":\"r1\"}");
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            long revision = store().commit(store().load(), changes);

            listener.await(
                    "the changes",
                    Duration.ofSeconds(5),
                    told -> !told.changes().isEmpty());
            assertThat(listener.changes()).hasSize(1);
            assertThat(listener.changes().get(0).changes()).hasSize(EtcdCommit.MAX_CHANGES);
            assertThat(store().load()).isEqualTo(StoredConfig.EMPTY.with(revision, changes));
        }
    }

    @Test
    void refusesALargeCommitForOneKeyOfAnother() throws Exception {
        List<StoredChange> changes = domains(EtcdCommit.MAX_CHANGES, "ours");
        StoredConfig base = store().load();
        ConfigKey last = changes.get(changes.size() - 1).key();
        StoredConfig now = committed(new Put(last, "theirs"));

        assertThatThrownBy(() -> store().commit(base, changes))
                .isInstanceOfSatisfying(
                        StoreConflictException.class, e -> assertThat(e.keys()).containsExactly(last));

        assertThat(store().load().entries()).isEqualTo(now.entries());
    }

    @Test
    void refusesAValueThatNoRequestHolds() throws Exception {
        assertThatThrownBy(() -> store().commit(StoredConfig.EMPTY, domains(1, "x".repeat(1_600_000))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("rules/d0.local is too large with about 16000")
                .hasMessageContaining("at most 1572864 bytes");

        assertThat(store().load().entries()).isEmpty();
    }

    @Test
    void takesAlmostAsManyBytesAsOneRequestHolds() throws Exception {
        List<StoredChange> changes = domains(15, "x".repeat(104_000));

        store().commit(StoredConfig.EMPTY, changes);

        assertThat(store().load().entries()).hasSize(15);
    }

    @Test
    void saysWhatEtcdRefuses() throws Exception {
        try (EtcdConfigStore generous = EtcdConfigStore.builder()
                .endpoints(etcd.endpoint())
                .name(name)
                .maxRequestBytes(Integer.MAX_VALUE)
                .build()) {

            assertThatThrownBy(() -> generous.commit(StoredConfig.EMPTY, domains(16, "x".repeat(100_000))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("request is too large");
        }
    }

    @Test
    void readsFiveThousandKeysOfMoreThanFourMegabytes() throws Exception {
        StoredConfig expected = StoredConfig.EMPTY;
        for (int i = 0; i < 5; i++) {
            List<StoredChange> changes = domains(1000, "x".repeat(1000), "part" + i + "-");
            expected = expected.with(store().commit(StoredConfig.EMPTY, changes), changes);
        }

        assertThat(store().load()).isEqualTo(expected);
    }

    @Test
    void readsPagesThatAreTooLargeForOneAnswer() throws Exception {
        for (int i = 0; i < 50; i++) {
            store().commit(StoredConfig.EMPTY, domains(1, "x".repeat(1_500_000), "large" + i + "-"));
        }

        assertThat(store().load().entries()).hasSize(50);
    }

    @Test
    void tellsNothingMoreWhenAllIsWell() throws Exception {
        RecordingListener listener = new RecordingListener();
        StoredConfig before = committed(new Put(BLOG, "1"));
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            // Other keys move etcd's revision, and with it the status, while our own keys stay.
            etcd.put("/elsewhere", "1");
            etcd.put("/elsewhere", "2");

            listener.await(
                    "progress", Duration.ofSeconds(5), told -> store().status().revision() >= before.revision() + 2);
            assertThat(listener.calls()).hasSize(1);
            assertThat(store().status().age()).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void settlesNowAndThenWhereChangesDoNotEnd() throws Exception {
        AtomicInteger settled = new AtomicInteger();
        RecordingListener listener = new RecordingListener();
        StoreListener slow = new StoreListener() {
            @Override
            public void snapshot(StoredConfig config) {
                listener.snapshot(config);
            }

            @Override
            public void changed(long revision, List<StoredChange> changes) {
                LockSupport.parkNanos(10_000_000);
                listener.changed(revision, changes);
            }

            @Override
            public void settled() {
                settled.incrementAndGet();
            }
        };
        try (AutoCloseable watch = store().watch(slow)) {
            awaitSnapshot(listener, watch);

            StoredConfig base = store().load();
            for (int i = 0; i < 150; i++) {
                List<StoredChange> change = List.of(new Put(BLOG, "" + i));
                base = base.with(store().commit(base, change), change);
            }

            listener.await(
                    "all changes",
                    Duration.ofSeconds(20),
                    told -> told.changes().size() == 150);
            assertThat(settled).hasValueBetween(10, 100);
        }
    }

    private static List<StoredChange> domains(int count, String text) {
        return domains(count, text, "d");
    }

    private static List<StoredChange> domains(int count, String text, String prefix) {
        List<StoredChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(new Put(new DomainKey(prefix + i + ".local"), text));
        }
        return changes;
    }
}
