package io.erulb.proxy.http1;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens when a time has passed, unless it is moved or disarmed before. Kept by {@link
 * IoLocal#watch} to within a tenth of a second; confined to that I/O thread.
 */
public abstract class Deadline {
    @Nullable
    Deadline next;

    @Nullable
    Deadline previous;

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

    final boolean isPast(long now) {
        return armed && deadline - now <= 0;
    }

    /** Is watched no more; harmless when it never was. */
    public final void remove() {
        Deadline before = previous;
        Deadline after = next;
        if (before != null && after != null) {
            before.next = after;
            after.previous = before;
        }
        next = null;
        previous = null;
    }

    /** The time has passed; this is disarmed already. */
    protected abstract void expired();
}
