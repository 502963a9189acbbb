package io.erulb.rules.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private static RecentKeys<AtomicLong> keys(int most, long period) {
        return new RecentKeys<>(most, period, 0, AtomicLong::new);
    }

    @Test
    void neverRemembersMoreThanItsBound() {
        RecentKeys<AtomicLong> keys = keys(100, 1_000);

        for (int i = 0; i < 10_000; i++) {
            keys.get("k" + i, 0);
            assertThat(keys.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void remembersTheLatestHalf() {
        RecentKeys<AtomicLong> keys = keys(100, 1_000);
        AtomicLong first = keys.get("k0", 0);

        for (int i = 1; i <= 50; i++) {
            keys.get("k" + i, 0);
        }

        assertThat(keys.get("k0", 0)).isSameAs(first);
    }

    @Test
    void keepsAKeyForAPeriodAndForgetsItInTheNextButOne() {
        RecentKeys<AtomicLong> keys = keys(100, 1_000);
        AtomicLong idle = keys.get("idle", 1_000);

        keys.get("other", 1_001);
        keys.get("other", 2_001);
        assertThat(keys.peek("idle")).isSameAs(idle);
        keys.get("other", 2_002);

        assertThat(keys.peek("idle")).isNull();
    }

    @Test
    void looksWithoutMakingOrRenewing() {
        RecentKeys<AtomicLong> keys = keys(100, 1_000);

        assertThat(keys.peek("a")).isNull();
        assertThat(keys.size()).isZero();
    }

    /** What another thread may do between look and entry is done by the maker here. */
    @Test
    void aKeyMadeTwiceWhileGenerationsChangeIsOneAfterwards() {
        List<RecentKeys<String>> keys = new ArrayList<>();
        List<String> made = new ArrayList<>();
        keys.add(new RecentKeys<>(4, Long.MAX_VALUE, 0, now -> {
            String own = "made " + made.size();
            made.add(own);
            if (made.size() == 1) {
                List.of("b", "c", "d", "a").forEach(key -> keys.get(0).get(key, 0));
            }
            return own;
        }));

        String got = keys.get(0).get("a", 0);

        assertThat(got).isNotEqualTo("made 0").isSameAs(keys.get(0).peek("a"));
    }

    @Test
    void allThreadsGetTheSameWhileGenerationsChange() throws Exception {
        RecentKeys<AtomicLong> keys = keys(64, Long.MAX_VALUE);
        AtomicInteger thread = new AtomicInteger();

        Threads.sum(4, () -> {
            int own = thread.incrementAndGet();
            for (int i = 0; i < 20_000; i++) {
                keys.get("shared", 0).incrementAndGet();
                keys.get(own + "-" + i, 0);
            }
            return 0L;
        });

        assertThat(keys.get("shared", 0)).hasValue(80_000);
    }
}
