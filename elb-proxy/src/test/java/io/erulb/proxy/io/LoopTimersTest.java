package io.erulb.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a loop has to do at a time, without a loop. */
class LoopTimersTest {
    private final LoopTimers timers = new LoopTimers();
    private final List<String> ran = new ArrayList<>();

    private LoopTimers.Timer in(long seconds, String name) {
        LoopTimers.Timer timer =
                timers.new Timer(() -> ran.add(name), System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds), 0);
        timers.add(timer);
        return timer;
    }

    @Test
    void whatIsDueRunsInTheOrderOfItsTimeAndWhatIsCancelledDoesNot() {
        in(-1, "later");
        in(-2, "sooner");
        in(60, "not yet");
        assertThat(in(-3, "cancelled").remove()).isTrue();

        timers.runDue(Runnable::run);

        assertThat(ran).containsExactly("sooner", "later");
        assertThat(timers.millisToNext()).isBetween(50_000L, 60_000L);
    }

    @Test
    void manyThatAreCancelledDoNotStayUntilTheyComeUp() {
        for (int i = 0; i < 1000; i++) {
            in(1, "cancelled").remove();
        }
        in(60, "one");

        assertThat(timers.millisToNext()).isGreaterThan(50_000);
    }
}
