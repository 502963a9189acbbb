package io.erulb.proxy.http1;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * The deadlines of one I/O thread. All are looked at together a few times a second: moving one is writing a field, so a
 * request sets up no timer. Confined to its thread.
 */
final class Deadlines {
    static final long TICK_MILLIS = 100;

    private final XnioIoThread thread;
    private final List<Deadline> watched = new ArrayList<>();
    private boolean ticking;

    Deadlines(XnioIoThread thread) {
        this.thread = thread;
    }

    void add(Deadline deadline) {
        deadline.watch(this, watched.size());
        watched.add(deadline);
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    /** Takes one out; the last one takes its place. */
    void remove(int place) {
        Deadline last = watched.remove(watched.size() - 1);
        if (place < watched.size()) {
            watched.set(place, last);
            last.watch(this, place);
        }
    }

    private void schedule() {
        thread.executeAfter(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From the end, so that one which removes itself moves only one that was looked at. */
    private void tick() {
        long now = System.nanoTime();
        for (int i = watched.size() - 1; i >= 0; i--) {
            if (i < watched.size()) {
                watched.get(i).check(now);
            }
        }
        ticking = !watched.isEmpty();
        if (ticking) {
            schedule();
        }
    }
}
