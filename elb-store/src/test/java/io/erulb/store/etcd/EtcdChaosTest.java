package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.RecordingListener;
import io.erulb.store.RecordingListener.Call;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes go on while the connections of a watching store are cut and lost and etcd is compacted, killed and emptied. */
final class EtcdChaosTest {

    private static final int STEPS = 7;

    private final Map<Long, Set<StoredChange>> written = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void believesWhatEtcdHoldsAfterEachTrouble(long seed) throws Exception {
        Random random = new Random(seed);
        RecordingListener listener = new RecordingListener();
        try (EtcdProcess etcd = EtcdProcess.start();
                Forwarder forwarder = Forwarder.to(etcd.port());
                EtcdConfigStore writer = storeAt(etcd.endpoint());
                EtcdConfigStore watcher = storeAt(forwarder.endpoint())) {
            watcher.watch(listener);

            for (int step = 0; step < STEPS; step++) {
                write(writer, random);
                int trouble = random.nextInt(5);
                makeTrouble(trouble, etcd, forwarder);
                write(writer, random);
                forwarder.heal();

                StoredConfig truth = writer.load();
                listener.await(
                        "step " + step + ", trouble " + trouble + ", to hold " + truth,
                        Duration.ofSeconds(8),
                        told -> told.state().entries().equals(truth.entries()));
            }
        }

        List<Call> changes = listener.changes();
        assertThat(changes).extracting(Call::revision).isSorted().doesNotHaveDuplicates();
        assertThat(changes)
                .filteredOn(call -> written.containsKey(call.revision()))
                .isNotEmpty()
                .allSatisfy(call ->
                        assertThat(call.changes()).containsExactlyInAnyOrderElementsOf(written.get(call.revision())));
    }

    private static void makeTrouble(int trouble, EtcdProcess etcd, Forwarder forwarder) throws Exception {
        switch (trouble) {
            case 0 -> forwarder.cut();
            case 1 -> forwarder.loseConnections();
            case 2 -> {
                forwarder.cut();
                etcd.compact();
            }
            case 3 -> {
                etcd.kill();
                etcd.launch();
            }
            default -> etcd.deletePrefix("/ELB/");
        }
    }

    private void write(EtcdConfigStore writer, Random random) throws Exception {
        for (int i = 0; i < 5; i++) {
            StoredConfig base = writer.load();
            TreeMap<ConfigKey, StoredChange> changes = new TreeMap<>();
            for (int j = 0; j <= random.nextInt(10); j++) {
                ConfigKey key = random.nextBoolean()
                        ? new DomainKey("d" + random.nextInt(30))
                        : new ServerKey("up" + random.nextInt(3), "s" + random.nextInt(10));
                changes.put(key, random.nextInt(3) == 0 ? new Delete(key) : new Put(key, "v" + random.nextInt(100)));
            }
            List<StoredChange> effective = base.effective(new ArrayList<>(changes.values()));
            if (!effective.isEmpty()) {
                written.put(writer.commit(base, effective), Set.copyOf(effective));
            }
        }
    }

    private static EtcdConfigStore storeAt(String endpoint) {
        return EtcdConfigStore.builder()
                .endpoints(endpoint)
                .requestTimeout(Duration.ofSeconds(1))
                .checkInterval(Duration.ofMillis(300))
                .build();
    }
}
