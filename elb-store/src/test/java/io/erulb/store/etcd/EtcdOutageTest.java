package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.RecordingListener;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store does while etcd is away, dead, silent or not to be believed. */
final class EtcdOutageTest {

    private static final ConfigKey BLOG = new DomainKey("blog.local");
    private static final Duration REQUEST = Duration.ofSeconds(1);
    private static final Duration RETURN = Duration.ofSeconds(5);

    private final RecordingListener listener = new RecordingListener();
    private EtcdProcess etcd;
    private Forwarder forwarder;
    private EtcdConfigStore store;

    @BeforeEach
    void prepare() throws Exception {
        etcd = EtcdProcess.stopped();
        forwarder = Forwarder.to(etcd.port());
        store = storeAt(etcd.endpoint());
    }

    @AfterEach
    void tearDown() throws Exception {
        store.close();
        forwarder.close();
        etcd.close();
    }

    @Test
    void saysThatEtcdIsDownAtOnce() {
        assertThatThrownBy(() -> store.load())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:" + etcd.port())
                .hasMessageContaining("can't be reached")
                .hasMessageContaining("Connection refused");

        assertThat(store.status().connected()).isFalse();
        assertThat(store.status().age()).isNull();
        assertThat(store.status().error()).contains("Connection refused");
    }

    @Test
    void followsAnEtcdThatComesLater() throws Exception {
        store.watch(listener);
        awaitDisconnected();

        etcd.launch();
        etcd.put("/ELB/rules/blog.local", "1");

        listener.await("the value", RETURN, told -> told.texts().containsValue("1"));
        assertThat(store.status().connected()).isTrue();
        assertThat(store.status().error()).isNull();
    }

    @Test
    void followsAnEtcdThatIsKilledAndRestarted() throws Exception {
        etcd.launch();
        store.watch(listener);
        etcd.put("/ELB/rules/blog.local", "1");
        listener.await("the value", RETURN, told -> told.texts().containsValue("1"));

        for (String value : List.of("2", "3")) {
            etcd.kill();
            awaitDisconnected();
            etcd.launch();
            etcd.put("/ELB/rules/blog.local", value);

            listener.await("the next value", RETURN, told -> told.texts().containsValue(value));
        }
    }

    @Test
    void tellsNoSnapshotAfterAnOutageInWhichNothingWasWritten() throws Exception {
        etcd.launch();
        store.watch(listener);
        etcd.put("/ELB/rules/blog.local", "1");
        listener.await("the value", RETURN, told -> told.texts().containsValue("1"));
        long snapshots = listener.snapshots();

        etcd.kill();
        awaitDisconnected();
        etcd.launch();
        listener.await("contact", RETURN, told -> store.status().connected());
        etcd.put("/ELB/rules/blog.local", "2");
        listener.await("the next value", RETURN, told -> told.texts().containsValue("2"));

        assertThat(listener.snapshots()).isEqualTo(snapshots);
    }

    @Test
    void believesAnEtcdThatLostItsData() throws Exception {
        etcd.launch();
        etcd.put("/ELB/rules/blog.local", "1");
        etcd.put("/ELB/rules/shop.local", "1");
        store.watch(listener);
        listener.await("the values", RETURN, told -> told.texts().size() == 2);

        etcd.killAndForget();
        etcd.launch();
        etcd.put("/ELB/rules/shop.local", "2");

        listener.await("what is there", RETURN, told -> told.texts().equals(Map.of("rules/shop.local", "2")));
        assertThat(store.status().revision()).isEqualTo(2);
    }

    @Test
    void tellsASnapshotWhenEtcdWentBackThoughOurKeysAreTheSame() throws Exception {
        etcd.launch();
        etcd.put("/another/key", "1");
        etcd.put("/another/key", "2");
        store.watch(listener);
        listener.await("the first snapshot", RETURN, told -> told.snapshots() == 1);

        etcd.killAndForget();
        etcd.launch();

        listener.await("a snapshot of what is there", RETURN, told -> told.snapshots() == 2);
    }

    @Test
    void missesNothingOfWhatWasCompactedWhileItWasCutOff() throws Exception {
        etcd.launch();
        etcd.put("/ELB/rules/old.local", "1");
        store.close();
        store = storeAt(forwarder.endpoint());
        store.watch(listener);
        listener.await("the value", RETURN, told -> told.texts().containsValue("1"));

        forwarder.cut();
        awaitDisconnected();
        for (int i = 0; i < 10; i++) {
            etcd.put("/ELB/rules/blog.local", "v" + i);
        }
        etcd.delete("/ELB/rules/old.local");
        etcd.compact();
        forwarder.heal();

        listener.await("the last value", RETURN, told -> told.texts().equals(Map.of("rules/blog.local", "v9")));
    }

    @Test
    void noticesASilentEtcdAndFollowsItWhenItGoesOn() throws Exception {
        etcd.launch();
        store.watch(listener);
        listener.await("a snapshot", RETURN, told -> told.snapshots() == 1);

        etcd.suspend();
        listener.await("the silence", RETURN, told -> !store.status().connected());
        assertThat(store.status().error()).containsAnyOf("no sign of life", "no answer in time");
        etcd.resume();
        etcd.put("/ELB/rules/blog.local", "1");

        listener.await("the value", RETURN, told -> told.texts().containsValue("1"));
    }

    @Test
    void followsOnANewConnectionWhenTheOldOneIsSilent() throws Exception {
        etcd.launch();
        store.close();
        store = storeAt(forwarder.endpoint());
        store.watch(listener);
        listener.await("a snapshot", RETURN, told -> told.snapshots() == 1);

        forwarder.loseConnections();
        etcd.put("/ELB/rules/blog.local", "1");

        listener.await("the value", RETURN.plus(RETURN), told -> told.texts().containsValue("1"));
    }

    @Test
    void answersInTimeThatASilentEtcdDoesNot() throws Exception {
        etcd.launch();
        StoredConfig base = store.load();
        etcd.suspend();

        long begun = System.nanoTime();
        assertThatThrownBy(() -> store.load()).hasMessageContaining("no answer in time");
        assertThatThrownBy(() -> store.commit(base, List.of(new Put(BLOG, "1"))))
                .hasMessageContaining("no answer in time");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        etcd.resume();
        assertThat(took).isLessThan(REQUEST.multipliedBy(5));
    }

    @Test
    void readsAndWritesAtOnceWhenEtcdIsBack() throws Exception {
        etcd.launch();
        StoredConfig base = store.load();

        etcd.kill();
        etcd.launch();
        StoredConfig after = store.load();
        assertThat(after).isEqualTo(base);
        etcd.kill();
        etcd.launch();
        long revision = store.commit(after, List.of(new Put(BLOG, "1")));

        assertThat(store.load().modRevision(BLOG)).isEqualTo(revision);
    }

    @Test
    void findsOutThatACommitWithoutAnAnswerWasMade() throws Exception {
        etcd.launch();
        store.close();
        store = storeAt(forwarder.endpoint());
        StoredConfig base = store.load();

        forwarder.loseAnswersTo("unheard");
        long revision = store.commit(base, List.of(new Put(BLOG, "unheard"), new Delete(new DomainKey("none"))));

        assertThat(store.load()).isEqualTo(base.with(revision, List.of(new Put(BLOG, "unheard"))));
    }

    @Test
    void endsAtOnceWhileEtcdIsAway() {
        store.watch(listener);
        awaitDisconnected();

        store.close();

        listener.await(
                "the end of the thread",
                RETURN,
                told -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("elb-etcd-watch")));
    }

    private static EtcdConfigStore storeAt(String endpoint) {
        return EtcdConfigStore.builder()
                .endpoints(endpoint)
                .requestTimeout(REQUEST)
                .connectTimeout(REQUEST)
                .checkInterval(Duration.ofMillis(300))
                .build();
    }

    private void awaitDisconnected() {
        listener.await("the outage to be seen", RETURN, told -> store.status().error() != null);
    }
}
