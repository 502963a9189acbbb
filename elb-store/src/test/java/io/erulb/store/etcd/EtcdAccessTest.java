package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.RecordingListener;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-in and TLS. */
final class EtcdAccessTest {

    private static final List<StoredChange> CHANGES = List.of(new Put(new DomainKey("blog.local"), "1"));
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    @Test
    void logsIn() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start();
                EtcdConfigStore store = at(etcd).login("root", "secret").build()) {
            etcd.requireLogin("secret");

            assertReadsWritesAndFollows(store);
        }
    }

    @Test
    void logsInAgainWhenEtcdForgotTheToken() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (EtcdProcess etcd = EtcdProcess.start();
                EtcdConfigStore store = at(etcd).login("root", "secret").build()) {
            etcd.requireLogin("secret");
            store.watch(listener);
            listener.await("a snapshot", SOON, told -> told.snapshots() == 1);

            etcd.kill();
            etcd.launch();
            etcd.put("/ELB/rules/blog.local", "1");

            listener.await("the value", SOON, told -> told.texts().containsValue("1"));
        }
    }

    @Test
    void worksWithARightToTheConfigurationAlone() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start();
                EtcdConfigStore store = at(etcd).login("elb", "secret").build()) {
            etcd.etcdctl("role", "add", "elb");
            etcd.etcdctl("role", "grant-permission", "elb", "--prefix=true", "readwrite", "/ELB/");
            etcd.etcdctl("user", "add", "elb:secret");
            etcd.etcdctl("user", "grant-role", "elb", "elb");
            etcd.requireLogin("root's");

            assertReadsWritesAndFollows(store);

            assertThatThrownBy(() -> store.annex("history").putAll(Map.of("texts/a", "1")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("permission denied");
            StoredConfig base = store.load();
            List<StoredChange> tooMany = IntStream.rangeClosed(0, EtcdCommit.MAX_CHANGES)
                    .<StoredChange>mapToObj(i -> new Put(new DomainKey("d" + i), ""))
                    .toList();
            assertThatThrownBy(() -> store.commit(base, tooMany))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("permission denied");
            assertThat(store.load().entries()).isEqualTo(base.entries());
        }
    }

    @Test
    void saysThatThePasswordIsWrong() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start();
                EtcdConfigStore store = at(etcd).login("root", "guess").build()) {
            etcd.requireLogin("secret");

            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("authentication failed, invalid user ID or password")
                    .hasMessageNotContaining("guess");
        }
    }

    @Test
    void saysThatALogInIsNeeded() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start();
                EtcdConfigStore store = at(etcd).build()) {
            etcd.requireLogin("secret");

            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("user name is empty (etcd asks for a user and a password)");
        }
    }

    @Test
    void speaksTlsWithCertificatesOnBothSides() throws Exception {
        TestCertificates certificates = forLoopback();
        try (EtcdProcess etcd = EtcdProcess.startWithTls(certificates);
                EtcdConfigStore store = at(etcd).trust(certificates.certificate("server"))
                        .certificate(certificates.certificate("client"), certificates.key("client"))
                        .build()) {

            assertReadsWritesAndFollows(store);
        }
    }

    @Test
    void doesNotSpeakToAServerItDoesNotTrust() throws Exception {
        TestCertificates certificates = forLoopback();
        try (EtcdProcess etcd = EtcdProcess.startWithTls(certificates);
                EtcdConfigStore store = at(etcd).trust(certificates.certificate("client"))
                        .certificate(certificates.certificate("client"), certificates.key("client"))
                        .build()) {

            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("can't be reached")
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void doesNotSpeakToAServerOfAnotherName() throws Exception {
        TestCertificates certificates =
                TestCertificates.make(Files.createDirectory(folder.resolve("other")), "192.0.2.1");
        try (EtcdProcess etcd = EtcdProcess.startWithTls(certificates);
                EtcdConfigStore store = at(etcd).trust(certificates.certificate("server"))
                        .certificate(certificates.certificate("client"), certificates.key("client"))
                        .build()) {

            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("can't be reached")
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void saysWhichFileCannotBeUsed() throws Exception {
        Path notACertificate = Files.writeString(folder.resolve("ca.pem"), "nothing");
        try (EtcdConfigStore store = EtcdConfigStore.builder()
                .endpoints("https://127.0.0.1:2379")
                .trust(notACertificate)
                .build()) {

            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(notACertificate.toString());
        }
    }

    private static synchronized TestCertificates forLoopback() throws Exception {
        Path made = folder.resolve("loopback");
        return Files.exists(made)
                ? new TestCertificates(made)
                : TestCertificates.make(Files.createDirectory(made), "127.0.0.1");
    }

    private static EtcdConfigStoreBuilder at(EtcdProcess etcd) {
        return EtcdConfigStore.builder().endpoints(etcd.endpoint());
    }

    private static void assertReadsWritesAndFollows(EtcdConfigStore store) throws Exception {
        RecordingListener listener = new RecordingListener();
        store.watch(listener);
        listener.await("a snapshot", SOON, told -> told.snapshots() == 1);

        long revision = store.commit(store.load(), CHANGES);

        StoredConfig loaded = store.load();
        assertThat(loaded).isEqualTo(StoredConfig.EMPTY.with(revision, CHANGES));
        listener.await("the change", SOON, told -> told.state().equals(loaded));
        assertThat(listener.snapshots()).as("told by the watch itself").isOne();
    }
}
