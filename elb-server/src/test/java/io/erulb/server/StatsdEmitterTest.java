package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatsdEmitterTest {
    private static final int THREADS = 4;

    /** What a socket's buffer has room for even while nobody reads: UDP drops the rest without a word. */
    private static final int EACH = 250;

    private static final int ROUNDS = 100;
    private static final int ALL = ROUNDS * THREADS * EACH;

    @Test
    void sendsTheOriginalsLines() throws Exception {
        try (UdpReceiver receiver = UdpReceiver.open()) {

            StatsdEmitter emitter = start(receiver);
            emitter.completed("example.com", 200, TimeUnit.MILLISECONDS.toNanos(12));
            emitter.close();

            assertThat(receiver.received(1))
                    .containsExactly(
                            "ELB.example_com.total:1|c\nELB.example_com.status.200:1|c\nELB.example_com.cost:12|ms");
        }
    }

    @Test
    void countsEveryRequestOfManyThreads() throws Exception {
        try (UdpReceiver receiver = UdpReceiver.open()) {
            StatsdEmitter emitter = start(receiver);

            for (int round = 1; round <= ROUNDS; round++) {
                inThreads(() -> {
                    for (int i = 0; i < EACH; i++) {
                        emitter.completed("t.local:8080", i % 10 == 0 ? 502 : 200, i);
                    }
                });
                receiver.awaitLines(3 * THREADS * EACH * round);
            }
            emitter.close();

            List<String> lines = receiver.lines(3 * ALL);
            assertThat(emitter.dropped()).isZero();
            assertThat(count(lines, "ELB.t_local.total:1|c")).isEqualTo(ALL);
            assertThat(count(lines, "ELB.t_local.status.502:1|c")).isEqualTo(ALL / 10);
            assertThat(count(lines, "ELB.t_local.status.200:1|c")).isEqualTo(ALL * 9 / 10);
            assertThat(receiver.largest()).isBetween(1_300, StatsdLines.DATAGRAM);
        }
    }

    @Test
    void whatFindsNoRoomIsCountedAndNobodyWaits() throws Exception {
        try (UdpReceiver receiver = UdpReceiver.open()) {
            StatsdEmitter emitter = StatsdEmitter.start(target(receiver.address()), "ELB", 16);

            for (int i = 0; i < 100_000; i++) {
                emitter.completed("a", 200, 0);
            }
            emitter.close();

            long sent = count(receiver.lines((int) (3 * (100_000 - emitter.dropped()))), "ELB.a.total:1|c");
            assertThat(emitter.dropped()).isPositive();
            assertThat(sent + emitter.dropped()).isEqualTo(100_000);
        }
    }

    @Test
    void aDeadStatsdHarmsNobody() throws Exception {
        HostPort nobody;
        try (UdpReceiver receiver = UdpReceiver.open()) {
            nobody = receiver.address();
        }
        StatsdEmitter emitter = StatsdEmitter.start(target(nobody), "ELB");

        emitter.completed("a", 200, 0);
        emitter.close();

        assertThat(emitter.dropped()).isZero();
    }

    @Test
    void anUnknownNameLosesDatagramsAndSaysHowMany() {
        StatsdTarget unknown = target(new HostPort("no-such-host.invalid", 8125));
        StatsdEmitter emitter = StatsdEmitter.start(unknown, "ELB");

        emitter.completed("a", 200, 0);
        emitter.close();

        assertThat(unknown.lost()).isOne();
    }

    @Test
    void sendsNothingWhenNothingHappened() throws Exception {
        try (UdpReceiver receiver = UdpReceiver.open()) {

            start(receiver).close();
            receiver.sendToSelf("end");

            assertThat(receiver.received(1)).containsExactly("end");
        }
    }

    private static StatsdEmitter start(UdpReceiver receiver) {
        return StatsdEmitter.start(target(receiver.address()), "ELB", 1 << 15);
    }

    private static StatsdTarget target(HostPort address) {
        StatsdTarget target = new StatsdTarget(address);
        target.lookUp();
        return target;
    }

    private static long count(List<String> lines, String line) {
        return lines.stream().filter(line::equals).count();
    }

    private static void inThreads(Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(work));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
