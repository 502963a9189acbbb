package io.erulb.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deadlines against a clock that the test moves. */
class TimerWheelTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final List<String> expired = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5 * SECOND;
    private final TimerWheel wheel = new TimerWheel(scheduled::add, () -> now);

    private final class Named extends TimerWheel.Entry {
        private final String name;
        private long due;

        Named(String name) {
            super(wheel);
            this.name = name;
        }

        Named in(long nanos) {
            due = now + nanos;
            expireIn(nanos);
            return this;
        }

        @Override
        protected void expired() {
            assertThat(now - due).as(name).isBetween(-TimerWheel.TICK_NANOS, 3 * TimerWheel.TICK_NANOS);
            expired.add(name);
        }
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (end - now > 0) {
            now += Math.min(TimerWheel.TICK_NANOS, end - now);
            Runnable tick = scheduled.poll();
            if (tick != null) {
                tick.run();
            }
        }
    }

    @Test
    void entriesExpireOnceInTheirOrder() {
        new Named("c").in(200 * SECOND);
        new Named("a").in(SECOND);
        new Named("b").in(10 * SECOND);

        pass(300 * SECOND);

        assertThat(expired).containsExactly("a", "b", "c");
    }

    @Test
    void anEntryMovedLaterExpiresThen() {
        Named entry = new Named("a").in(SECOND);
        pass(SECOND / 2);

        entry.in(10 * SECOND);
        pass(9 * SECOND);

        assertThat(expired).isEmpty();
        pass(2 * SECOND);
        assertThat(expired).containsExactly("a");
    }

    @Test
    void anEntryMovedEarlierExpiresThen() {
        Named entry = new Named("a").in(80 * SECOND);
        pass(SECOND);

        entry.in(SECOND);
        pass(2 * SECOND);

        assertThat(expired).containsExactly("a");
    }

    @Test
    void aDisarmedOrRemovedEntryDoesNotExpire() {
        new Named("a").in(SECOND).disarm();
        new Named("b").in(SECOND).remove();

        pass(500 * SECOND);

        assertThat(expired).isEmpty();
        assertThat(wheel.size()).isEqualTo(1);
    }

    @Test
    void aWheelWithoutEntriesDoesNotTick() {
        Named entry = new Named("a");
        assertThat(scheduled).isEmpty();

        entry.in(SECOND);
        assertThat(scheduled).hasSize(1);
        pass(3 * SECOND);
        assertThat(scheduled).isEmpty();

        pass(1000 * SECOND);
        entry.in(SECOND);
        pass(2 * SECOND);
        assertThat(expired).containsExactly("a", "a");
    }

    @Test
    void aThreadThatWasHeldUpHearsWhatCameMeanwhileBeforeAnythingExpires() {
        Named entry = new Named("a").in(2 * SECOND);
        now += 30 * SECOND;
        entry.in(2 * SECOND).due -= 2 * TimerWheel.TICK_NANOS;

        scheduled.remove().run();

        assertThat(expired).isEmpty();
        pass(3 * SECOND);
        assertThat(expired).containsExactly("a");
    }

    @Test
    void whatIsSetAfterTheThreadWasHeldUpGetsItsWholeTime() {
        new Named("a").in(SECOND).due = now + 31 * SECOND - 2 * TimerWheel.TICK_NANOS;
        now += 30 * SECOND;
        scheduled.remove().run();

        new Named("b").in(10 * SECOND);

        pass(20 * SECOND);
        assertThat(expired).containsExactly("a", "b");
    }

    @Test
    void manyEntriesAllExpireInTime() {
        Random random = new Random(3);
        List<Named> entries = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            entries.add(new Named("n" + i).in(random.nextLong(1, 150 * SECOND)));
        }

        for (int i = 0; i < 100; i++) {
            pass(SECOND);
            entries.get(random.nextInt(5000)).in(random.nextLong(1, 150 * SECOND));
        }
        pass(300 * SECOND);

        assertThat(expired)
                .containsAll(entries.stream().map(entry -> entry.name).toList());
        assertThat(wheel.size()).isZero();
    }
}
