package io.erulb.proxy.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The checks that run, and their time-outs. Confined to the thread of the checks. */
final class RunningChecks {
    /** After so many answers, others that wait for the processor come first. */
    private static final int LOT = 32;

    private static final long NANOS_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<Check> running = new ArrayList<>();

    /** Takes in one that begins; it may be here still from its last time. */
    void add(Check check) {
        if (!check.isListed()) {
            check.listed(true);
            running.add(check);
        }
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    int size() {
        return running.size();
    }

    /**
     * Has those that came in after so many others read what there is for them: many at once cost less so than by the selector's
     * telling of each. Those that have no answer yet are told by it when that comes.
     */
    void readFrom(int number) {
        for (int i = running.size() - 1; i >= number; i--) {
            Check check = running.get(i);
            check.read();
            forgetIfOver(i, check);
            if (i % LOT == 0) {
                giveWay();
            }
        }
    }

    /** Lets threads that serve requests have the processor first, if they wait for it. */
    @SuppressWarnings("ThreadPriorityCheck") // Only a hint, on which nothing depends.
    static void giveWay() {
        Thread.yield();
    }

    /** Milliseconds until the first of them has taken too long, rounded up; the most given when that is later. */
    long millisToDeadline(long most, long now) {
        long least = most;
        for (Check check : running) {
            long left = Math.max(0, check.deadline() - now);
            least = Math.min(least, left / NANOS_A_MILLI + 1);
        }
        return least;
    }

    /** Ends those whose time is over, and forgets those that are. Whoever hears of an end may begin another check. */
    void expire(long now) {
        for (int i = running.size() - 1; i >= 0; i--) {
            Check check = running.get(i);
            if (!check.isOver() && now - check.deadline() >= 0) {
                check.expired();
            }
            forgetIfOver(i, check);
        }
    }

    private void forgetIfOver(int i, Check check) {
        if (check.isOver()) {
            check.listed(false);
            running.set(i, running.get(running.size() - 1));
            running.remove(running.size() - 1);
        }
    }
}
