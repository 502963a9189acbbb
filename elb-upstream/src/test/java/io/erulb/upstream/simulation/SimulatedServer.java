package io.erulb.upstream.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;

/** Answers a few requests at a time, each after a random time, and fails a share of them quickly. */
final class SimulatedServer {
    private static final int WORKERS = 4;
    private static final double MILLI = 1e6;

    private final double meanMillis;
    private final double failing;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int busy;

    private SimulatedServer(double meanMillis, double failing) {
        this.meanMillis = meanMillis;
        this.failing = failing;
    }

    static SimulatedServer answeringIn(double meanMillis) {
        return new SimulatedServer(meanMillis, 0);
    }

    SimulatedServer failing(double share) {
        return new SimulatedServer(meanMillis, share);
    }

    /** So many requests a second at most. */
    double most() {
        return WORKERS * 1000 / meanMillis;
    }

    /** Tells whether it failed when the answer is there. */
    void take(Simulation simulation, Random random, Consumer<Boolean> answer) {
        queue.add(() -> {
            boolean fails = random.nextDouble() < failing;
            long nanos = Simulation.exponential(random, (fails ? meanMillis / 10 : meanMillis) * MILLI);
            simulation.plan(nanos, () -> {
                busy--;
                answer.accept(fails);
                work();
            });
        });
        work();
    }

    private void work() {
        while (busy < WORKERS && !queue.isEmpty()) {
            busy++;
            queue.remove().run();
        }
    }
}
