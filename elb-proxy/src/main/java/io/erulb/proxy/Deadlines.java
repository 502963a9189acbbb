package io.erulb.proxy;

import io.erulb.proxy.http1.TimerWheel;
import io.erulb.routing.policy.Policy;
import io.erulb.routing.policy.TimeoutPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the steps of one request may take: as the policy of its upstream says, else the proxy's settings. Confined to the
 * request's I/O thread.
 */
final class Deadlines {
    /** A step that has no time left gets this much, so that it ends by its time-out like any other. */
    private static final long LEAST = 1_000_000;

    private final ForwardingSettings settings;
    private final TimeoutPolicy timeouts;
    private final @Nullable Duration perTry;
    private @Nullable Whole whole;

    Deadlines(ForwardingSettings settings, Policy policy) {
        this.settings = settings;
        this.timeouts = policy.timeouts();
        this.perTry = policy.retry().timeout();
    }

    /** Calls back when the request as a whole has taken too long, if it may. */
    void requestBegins(TimerWheel timers, Runnable over) {
        Duration time = timeouts.whole();
        if (time != null) {
            whole = new Whole(timers, over);
            whole.expireIn(time.toNanos());
        }
    }

    void requestEnds() {
        if (whole != null) {
            whole.remove();
        }
    }

    /** For a connection, from the beginning of a try. */
    long connect() {
        long usual = nanos(timeouts.connect(), settings.connectNanos());
        return perTry == null ? usual : Math.min(usual, perTry.toNanos());
    }

    /** For the head of the answer, from now on, in a try that began at a time. */
    long firstByte(long tryBegan) {
        return withinTry(nanos(timeouts.firstByte(), settings.firstByteNanos()), tryBegan);
    }

    /** For a server to take more of the request, from now on, in a try that began at a time. */
    long sending(long tryBegan) {
        return withinTry(idle(), tryBegan);
    }

    /** For more of the answer, from now on. */
    long idle() {
        return nanos(timeouts.idle(), settings.idleNanos());
    }

    private static long nanos(@Nullable Duration own, long usual) {
        return own == null ? usual : own.toNanos();
    }

    private long withinTry(long nanos, long tryBegan) {
        return perTry == null
                ? nanos
                : Math.max(LEAST, Math.min(nanos, perTry.toNanos() - (System.nanoTime() - tryBegan)));
    }

    /** The end of the time that a request has as a whole. */
    private static final class Whole extends TimerWheel.Entry {
        private final Runnable over;

        Whole(TimerWheel timers, Runnable over) {
            super(timers);
            this.over = over;
        }

        @Override
        protected void expired() {
            over.run();
        }
    }
}
