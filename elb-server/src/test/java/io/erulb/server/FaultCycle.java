package io.erulb.server;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One fault, or one within another: drawn by the seed and the number alone, so that any cycle can be had again.
 *
 * @param number which cycle of its run
 * @param outer what begins first and ends last
 * @param length how long it lasts, without what is within it
 * @param inner what begins and ends meanwhile, null for nothing
 * @param innerLength how long that lasts
 */
record FaultCycle(
        int number, Fault outer, Duration length, @Nullable Fault inner, Duration innerLength) {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SOON_WHEN_SILENT = Duration.ofSeconds(30);

    private static final List<Fault> AT_ETCD =
            List.of(Fault.KILL, Fault.RESTART, Fault.STOP, Fault.DELETE, Fault.BATCH, Fault.COMPACT);

    /** How many of 100 cycles are of this kind; those that are left are two at once. */
    private enum Share {
        KILL(14, Fault.KILL, null),
        RESTART(10, Fault.RESTART, null),
        STOP(10, Fault.STOP, null),
        CUT(12, Fault.CUT, null),
        COMPACTION(12, Fault.CUT, Fault.COMPACT),
        DELETE(12, Fault.DELETE, null),
        BATCH(12, Fault.BATCH, null),
        SILENCE(4, Fault.SILENCE, null),
        BLACK_HOLE(4, Fault.BLACK_HOLE, null);

        private final int percent;
        private final Fault outer;
        private final @Nullable Fault inner;

        Share(int percent, Fault outer, @Nullable Fault inner) {
            this.percent = percent;
            this.outer = outer;
            this.inner = inner;
        }
    }

    static FaultCycle draw(long seed, int number) {
        Random random = new Random(seed * 1_000_003 + number);
        int place = random.nextInt(100);
        for (Share share : Share.values()) {
            place -= share.percent;
            if (place < 0) {
                return draw(number, share.outer, share.inner, random);
            }
        }
        List<Fault> around = List.of(Fault.CUT, Fault.CUT, Fault.SILENCE, Fault.BLACK_HOLE);
        return draw(number, around.get(random.nextInt(4)), AT_ETCD.get(random.nextInt(AT_ETCD.size())), random);
    }

    private static FaultCycle draw(int number, Fault outer, @Nullable Fault inner, Random random) {
        Duration innerLength = inner == null ? Duration.ZERO : inner.draw(random);
        return new FaultCycle(number, outer, outer.draw(random), inner, innerLength);
    }

    /** What it is counted under. */
    String kind() {
        if (inner == null || (outer == Fault.CUT && inner == Fault.COMPACT)) {
            return inner == null ? outer.toString() : outer + " and " + inner;
        }
        return outer.isSilent() ? "two at once, one silent" : "two at once";
    }

    /** How long after it the state in force may take to equal etcd's. */
    Duration bound() {
        return outer.isSilent() ? SOON_WHEN_SILENT : SOON;
    }

    /** Lets it happen and returns the time of its end. */
    long befall(FaultScene scene) throws Exception {
        outer.strike(scene);
        if (inner != null) {
            inner.strike(scene);
            pass(innerLength);
            inner.end(scene);
        }
        pass(length);
        outer.end(scene);
        return System.nanoTime();
    }

    @Override
    public String toString() {
        String all = "cycle " + number + ", " + outer + " for " + length.toMillis() + " ms";
        return inner == null ? all : all + ", in it " + inner + " for " + innerLength.toMillis() + " ms";
    }

    private static void pass(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
