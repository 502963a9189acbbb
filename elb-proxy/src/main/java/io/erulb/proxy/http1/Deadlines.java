package io.erulb.proxy.http1;

import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * The deadlines of one I/O thread. They are linked into each other and looked at all together a few times a second:
 * moving a deadline is writing a field, so a request sets up no timer. Confined to its thread.
 */
final class Deadlines {
    static final long TICK_MILLIS = 100;

    private final XnioIoThread thread;
    private final Deadline head = new Deadline() {
        @Override
        protected void expired() {}
    };
    private boolean ticking;

    Deadlines(XnioIoThread thread) {
        this.thread = thread;
        head.next = head;
        head.previous = head;
    }

    void add(Deadline entry) {
        Deadline last = head.previous;
        entry.previous = last;
        entry.next = head;
        if (last != null) {
            last.next = entry;
        }
        head.previous = entry;
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    private void schedule() {
        thread.executeAfter(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        Deadline entry = head.next;
        while (entry != null && entry != head) {
            Deadline next = entry.next;
            if (entry.isPast(now)) {
                entry.disarm();
                entry.expired();
            }
            entry = next == null || next.next == null ? head : next;
        }
        ticking = head.next != head;
        if (ticking) {
            schedule();
        }
    }
}
