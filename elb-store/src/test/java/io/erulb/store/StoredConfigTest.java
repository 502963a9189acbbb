package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredConfigTest {

    private static final ConfigKey A = new DomainKey("a");
    private static final ConfigKey B = new DomainKey("b");
    private static final ConfigKey C = new DomainKey("c");

    @Test
    void appliesChangesAtTheirRevision() {
        StoredConfig before = new StoredConfig(5, Map.of(A, new StoredValue("1", 3), B, new StoredValue("2", 5)));

        StoredConfig after = before.with(9, List.of(new Delete(A), new Put(C, "3")));

        assertThat(after)
                .isEqualTo(new StoredConfig(9, Map.of(B, new StoredValue("2", 5), C, new StoredValue("3", 9))));
    }

    @Test
    void findsTheChangesToAnother() {
        StoredConfig one = new StoredConfig(5, Map.of(A, new StoredValue("1", 3), B, new StoredValue("2", 5)));
        StoredConfig other = new StoredConfig(9, Map.of(B, new StoredValue("x", 9), C, new StoredValue("3", 9)));

        assertThat(one.changesTo(other)).containsExactly(new Delete(A), new Put(B, "x"), new Put(C, "3"));
    }

    @Test
    void seesNoChangeInAValueWrittenAnew() {
        StoredConfig one = new StoredConfig(5, Map.of(A, new StoredValue("1", 3)));
        StoredConfig other = new StoredConfig(9, Map.of(A, new StoredValue("1", 9)));

        assertThat(one.changesTo(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void reachesTheOtherByTheChangesToIt(long seed) {
        Random random = new Random(seed);
        StoredConfig one = someConfig(random);
        StoredConfig other = someConfig(random);

        StoredConfig reached = one.with(99, one.changesTo(other));

        assertThat(RecordingListener.texts(reached)).isEqualTo(RecordingListener.texts(other));
    }

    private static StoredConfig someConfig(Random random) {
        StoredConfig config = StoredConfig.EMPTY;
        for (int i = 1; i <= 50; i++) {
            ConfigKey key = new DomainKey("d" + random.nextInt(20));
            config = config.with(
                    i, List.of(random.nextInt(4) == 0 ? new Delete(key) : new Put(key, "" + random.nextInt(3))));
        }
        return config;
    }
}
