package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.Annex;
import io.erulb.store.Annex.Leased;
import io.erulb.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EtcdLeaseTest {
    /** The shortest that etcd gives. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration LONG = Duration.ofSeconds(60);

    private EtcdProcess etcd;
    private EtcdConfigStore store;
    private Annex annex;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start();
        store = EtcdConfigStore.builder()
                .endpoints(etcd.endpoint())
                .requestTimeout(Duration.ofSeconds(2))
                .build();
        annex = store.annex("fleet");
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        etcd.close();
    }

    @Test
    void aTextThatNobodyRenewsGoes() throws Exception {
        annex.lease("instances/a", SHORT).put("gone with its process");
        try (Annex.Lease kept = annex.lease("instances/b", SHORT)) {
            kept.put("kept");

            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (annex.leased("instances", SHORT).size() == 2 && System.nanoTime() < end) {
                kept.renew();
                LockSupport.parkNanos(20_000_000);
            }

            assertThat(annex.leased("instances", SHORT))
                    .extracting(Leased::text)
                    .containsExactly("kept");
        }
    }

    @Test
    void renewingWritesNothing() throws Exception {
        try (Annex.Lease lease = annex.lease("instances/a", LONG)) {
            lease.put("1");
            long revision = written();

            lease.renew();
            lease.renew();

            assertThat(written()).isEqualTo(revision);
            assertThat(store.load().revision()).isEqualTo(revision);
        }
    }

    @Test
    void renewingPutsAgainWhatWasDeleted() throws Exception {
        try (Annex.Lease lease = annex.lease("instances/a", LONG)) {
            lease.put("1");
            etcd.deletePrefix("/ELB.fleet/");

            lease.renew();

            assertThat(texts()).containsExactly("1");
        }
    }

    @Test
    void goesOnWithAnEtcdThatLostEverything() throws Exception {
        try (Annex.Lease renewed = annex.lease("instances/a", LONG);
                Annex.Lease put = annex.lease("instances/b", LONG)) {
            renewed.put("a");
            put.put("b");
            etcd.killAndForget();
            etcd.launch();

            eventually(renewed::renew);
            eventually(() -> put.put("b2"));

            assertThat(texts()).containsExactly("a", "b2");
        }
    }

    /** Calls until it works: a connection may be found dead first. */
    private static void eventually(Call call) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                call.run();
                return;
            } catch (StoreException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }

    private interface Call {
        void run() throws Exception;
    }

    private List<String> texts() throws Exception {
        return annex.leased("instances", LONG).stream().map(Leased::text).toList();
    }

    private long written() throws Exception {
        return annex.list("instances").get(0).written();
    }
}
