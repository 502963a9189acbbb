package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A hash map of which a changed one shares the parts that did not change. */
class PartedMapTest {
    private static final int KEYS = 3_000;

    @Test
    void holdsWhatAHashMapHoldsAfterAnyChanges() {
        Random random = new Random(1);
        PartedMap<Integer> map = PartedMap.empty();
        Map<String, Integer> expected = new HashMap<>();

        for (int i = 0; i < 500; i++) {
            Map<String, Integer> changes = new HashMap<>();
            for (int n = random.nextInt(20); n >= 0; n--) {
                changes.put("k" + random.nextInt(KEYS), random.nextInt(3) == 0 ? null : random.nextInt());
            }
            map = map.with(changes);
            expected.putAll(changes);
        }

        for (int i = 0; i < KEYS; i++) {
            assertThat(map.get("k" + i)).isEqualTo(expected.get("k" + i));
        }
    }

    @Test
    void aChangedOneLeavesTheFormerAsItWas() {
        PartedMap<Integer> one = PartedMap.<Integer>empty().with(Map.of("a", 1));

        PartedMap<Integer> other = one.with(Map.of("a", 2)).with(Collections.singletonMap("a", null));

        assertThat(one.get("a")).isEqualTo(1);
        assertThat(other.get("a")).isNull();
    }
}
