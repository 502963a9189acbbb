package io.erulb.server;

import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Domains and upstreams without load: some written all the time, many in big batches. Safe for use by many threads. */
final class OtherKeys {
    private static final int MOST_IN_BATCH = 6000;
    private static final int LEAST_IN_BATCH = 1000;

    private final GuardedWriter small;
    private final GuardedWriter big;
    /** Both guarded by this. */
    private final Random random;

    private int written;

    OtherKeys(GuardedWriter small, GuardedWriter big, long seed) {
        this.small = small;
        this.big = big;
        this.random = new Random(seed);
    }

    /** Puts and deletes up to ten keys. */
    synchronized void writeSome() throws StoreException {
        Map<ConfigKey, String> puts = new TreeMap<>();
        for (int i = random.nextInt(10); i >= 0; i--) {
            int which = random.nextInt(60);
            ConfigKey key = which < 40
                    ? new DomainKey("some" + which + ".local")
                    : new ServerKey("some" + which % 3, "127.0.1.1:" + which);
            puts.put(key, value(key, "some" + which % 3));
        }
        small.write(base -> orDeletions(base, puts));
    }

    /** Puts and deletes between 1,000 and 6,000 keys: in one transaction of etcd up to 4,096, in steps above. */
    synchronized void writeBatch() throws StoreException {
        Map<ConfigKey, String> puts = new TreeMap<>();
        int count = LEAST_IN_BATCH + random.nextInt(MOST_IN_BATCH - LEAST_IN_BATCH + 1);
        for (int i = 0; i < count; i++) {
            ConfigKey key = i % 4 > 0
                    ? new DomainKey("many" + i + ".local")
                    : new ServerKey("many" + i % 20, "127.0." + i / 200 + ".1:" + (1 + i % 200));
            puts.put(key, value(key, "many" + i % 20));
        }
        big.forget();
        big.write(base -> orDeletions(base, puts));
    }

    /** No two values are the same, so that each write is a change. */
    private String value(ConfigKey key, String upstream) {
        written++;
        return key instanceof DomainKey ? Documents.toBackend(upstream, written) : "max_conns=" + written;
    }

    /** A fifth of the keys that are there is deleted. */
    private List<StoredChange> orDeletions(StoredConfig base, Map<ConfigKey, String> puts) {
        List<StoredChange> changes = new ArrayList<>();
        puts.forEach((key, text) -> changes.add(
                base.entries().containsKey(key) && random.nextInt(5) == 0 ? new Delete(key) : new Put(key, text)));
        return changes;
    }
}
