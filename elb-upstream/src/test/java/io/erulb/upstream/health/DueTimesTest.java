package io.erulb.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueTimesTest {
    @Test
    void theEarliestComesFirst() {
        DueTimes due = new DueTimes();
        Random random = new Random(5);
        PriorityQueue<Long> expected = new PriorityQueue<>();
        List<Long> polled = new ArrayList<>();
        List<Long> wanted = new ArrayList<>();

        for (int step = 0; step < 10_000; step++) {
            if (expected.isEmpty() || random.nextInt(3) > 0) {
                long time = random.nextInt(1_000_000);
                due.add(time, step);
                expected.add(time);
            } else {
                polled.add(due.time());
                due.poll();
                wanted.add(expected.poll());
            }
        }

        assertThat(polled).isEqualTo(wanted);
    }

    @Test
    void aThingMayStandThereTwice() {
        DueTimes due = new DueTimes();
        due.add(1L << 38, 7);
        due.add(5, 7);

        assertThat(due.time()).isEqualTo(5);
        assertThat(due.poll()).isEqualTo(7);
        assertThat(due.time()).isEqualTo(1L << 38);
        assertThat(due.poll()).isEqualTo(7);
        assertThat(due.isEmpty()).isTrue();
    }
}
