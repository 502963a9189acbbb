package io.erulb.proxy.http1;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens when a time has passed, unless it is moved or disarmed before. Kept by {@link
 * IoLocal#watch} to within a tenth of a second; confined to that I/O thread.
 */
public abstract class Deadline {
    private @Nullable Deadlines watcher;
    private int place;
    private boolean armed;
    private long deadline;

    /** For subclasses; not armed yet. */
    protected Deadline() {}

    /** Expires after a time from now, in nanoseconds; replaces what was set before. */
    public final void expireIn(long nanos) {
        deadline = System.nanoTime() + nanos;
        armed = true;
    }

    /** Does not expire until it is set again. */
    public final void disarm() {
        armed = false;
    }

    /** Is watched no more; harmless when it never was. */
    public final void remove() {
        Deadlines watching = watcher;
        watcher = null;
        if (watching != null) {
            watching.remove(place);
        }
    }

    final void watch(Deadlines by, int at) {
        watcher = by;
        place = at;
    }

    final void check(long now) {
        if (armed && deadline - now <= 0) {
            armed = false;
            expired();
        }
    }

    /** The time has passed; this is disarmed already. */
    protected abstract void expired();
}
