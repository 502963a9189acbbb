package io.erulb.proxy.http1;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Deadlines of one I/O thread, kept to within two tenths of a second. Entries are linked into slots by the tick they are
 * due at; moving one later only writes its field, and the slot that comes up looks at that field and passes the entry
 * on. So a request sets up no timer, and ten thousand idle connections cost a handful of looks a tick. Ticks run only
 * while there are entries. Confined to its thread.
 *
 * <p>Example, with a tick of 100 ms: an entry due in 1 s sits in slot 11; moved to 5 s, it stays there, and when slot 11
 * comes up it is linked into slot 51.
 */
public final class TimerWheel {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * The most time that passes from one tick to the next, however late that comes: a thread that was held up has not
     * heard yet what came meanwhile, so nobody is to blame for the silence.
     */
    private static final long MAX_STEP_NANOS = 2 * TICK_NANOS;

    /** A power of two; entries due later than this many ticks go round more than once. */
    private static final int SLOTS = 1024;

    private final Scheduler scheduler;
    private final LongSupplier nanoClock;
    private final long start;
    private final @Nullable Entry[] slots = new Entry[SLOTS];

    /** The wheel's time, which stands still while the thread is held up. */
    private long now;

    /** What the clock said when the wheel's time was set. */
    private long seen;

    private long tick;
    private int size;
    private boolean ticking;

    /** A wheel without entries, driven by this thread. */
    public TimerWheel(XnioIoThread thread) {
        this(task -> afterOneTick(thread, task), System::nanoTime);
    }

    private static void afterOneTick(XnioIoThread thread, Runnable task) {
        try {
            thread.executeAfter(task, TICK_NANOS, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            // The thread ends, and its connections with it.
        }
    }

    TimerWheel(Scheduler scheduler, LongSupplier nanoClock) {
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        this.now = start;
        this.seen = start;
    }

    /** Runs a task on the wheel's thread one tick from now. */
    @FunctionalInterface
    interface Scheduler {
        void afterOneTick(Runnable task);
    }

    /** Number of entries linked in, armed or not. */
    int size() {
        return size;
    }

    private void link(Entry entry) {
        if (!ticking) {
            ticking = true;
            now = nanoClock.getAsLong();
            seen = now;
            tick = (now - start) / TICK_NANOS;
            scheduler.afterOneTick(this::advance);
        }
        long due = dueTick(entry);
        entry.slotTick = due;
        int slot = (int) (due & SLOTS - 1);
        Entry first = slots[slot];
        entry.next = first;
        entry.previous = null;
        if (first != null) {
            first.previous = entry;
        }
        slots[slot] = entry;
        entry.linked = true;
        size++;
    }

    /** The first tick that surely lies behind the deadline, though the clock read may be one tick old. */
    private long dueTick(Entry entry) {
        long latest = tick + SLOTS - 1;
        if (!entry.armed) {
            return latest;
        }
        long due = (entry.deadline - start) / TICK_NANOS + 2;
        return Math.max(tick + 1, Math.min(due, latest));
    }

    private void unlink(Entry entry) {
        Entry before = entry.previous;
        Entry after = entry.next;
        if (before == null) {
            slots[(int) (entry.slotTick & SLOTS - 1)] = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        entry.next = null;
        entry.previous = null;
        entry.linked = false;
        size--;
    }

    /** The wheel's time at this moment, for what begins now. */
    private long fresh() {
        long clock = nanoClock.getAsLong();
        return ticking ? now + (clock - seen) : clock;
    }

    private void advance() {
        long clock = nanoClock.getAsLong();
        now += Math.min(clock - seen, MAX_STEP_NANOS);
        seen = clock;
        long target = (now - start) / TICK_NANOS;
        while (tick < target) {
            tick++;
            fire((int) (tick & SLOTS - 1));
        }
        ticking = size > 0;
        if (ticking) {
            scheduler.afterOneTick(this::advance);
        }
    }

    private void fire(int slot) {
        Entry entry = slots[slot];
        while (entry != null) {
            unlink(entry);
            if (entry.armed && entry.deadline - now <= 0) {
                entry.armed = false;
                expire(entry);
            } else {
                link(entry);
            }
            // Nothing is ever linked into the slot of the present tick.
            entry = slots[slot];
        }
    }

    /** One that fails must not stop the clock for all others of its thread. */
    private static void expire(Entry entry) {
        try {
            entry.expired();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "what was to happen at a deadline failed", e);
        }
    }

    /** Something that happens when a time has passed, unless it is moved or disarmed before. Linked into one wheel. */
    public abstract static class Entry {
        private final TimerWheel wheel;
        private @Nullable Entry next;
        private @Nullable Entry previous;
        private long deadline;
        private long slotTick;
        private boolean armed;
        private boolean linked;

        /** An entry of this wheel, not armed yet. */
        protected Entry(TimerWheel wheel) {
            this.wheel = requireNonNull(wheel, "wheel");
        }

        /**
         * Expires once a time from now has passed, at most two ticks later, unless the thread is held up; replaces what was set before.
         *
         * @param nanos the time in nanoseconds; values of 100 years and more mean never
         */
        public final void expireIn(long nanos) {
            boolean wasLinked = linked;
            deadline = (wasLinked ? wheel.now : wheel.fresh()) + nanos;
            armed = true;
            if (!wasLinked) {
                wheel.link(this);
            } else if (wheel.dueTick(this) < slotTick) {
                wheel.unlink(this);
                wheel.link(this);
            }
        }

        /** Does not expire until it is set again; stays linked, so that setting it again stays cheap. */
        public final void disarm() {
            armed = false;
        }

        /** Is forgotten by the wheel; harmless when it was not linked. */
        public final void remove() {
            armed = false;
            if (linked) {
                wheel.unlink(this);
            }
        }

        /** The time has passed. The entry is unlinked and may be set again or removed here. */
        protected abstract void expired();
    }
}
