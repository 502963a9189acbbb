package io.erulb.proxy;

import io.erulb.proxy.http1.TimerWheel;
import io.erulb.routing.policy.QueuePolicy;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.Waiting;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * What a request waits for before it goes to a server: a time, and room at one. Nothing is called any more
 * once the request is over. Confined to the request's I/O thread.
 */
final class Waits {
    private final XnioIoThread thread;
    private @Nullable InQueue queued;
    private @Nullable Pause pauses;

    Waits(XnioIoThread thread) {
        this.thread = thread;
    }

    /** Goes on after a time. */
    void pause(long nanos, Runnable then) {
        Pause pause = new Pause(then, pauses);
        pauses = pause;
        pause.key = thread.executeAfter(pause, nanos, TimeUnit.NANOSECONDS);
    }

    /** A moment that is waited for; lets go of what was to come when that comes no more. */
    private static final class Pause implements Runnable {
        private final @Nullable Pause before;
        private @Nullable Runnable then;
        private XnioExecutor.@Nullable Key key;

        Pause(Runnable then, @Nullable Pause before) {
            this.then = then;
            this.before = before;
        }

        @Override
        public void run() {
            Runnable due = then;
            then = null;
            if (due != null) {
                due.run();
            }
        }

        void end() {
            if (then != null && key != null) {
                key.remove();
            }
            then = null;
        }
    }

    /**
     * Waits for room at one of the servers.
     *
     * @param look called when there may be room; answers whether there was
     * @param late there was none in time
     * @return false when as many requests wait as may
     */
    boolean queue(Upstream upstream, QueuePolicy policy, TimerWheel timers, BooleanSupplier look, Runnable late) {
        InQueue entry =
                new InQueue(upstream, timers, look, late, policy.timeout().toNanos());
        Waiting place = upstream.await(policy.size(), entry::told);
        if (place == null) {
            return false;
        }
        queued = entry;
        entry.begin(place);
        return true;
    }

    /** The request is over. */
    void end() {
        for (Pause pause = pauses; pause != null; pause = pause.before) {
            pause.end();
        }
        InQueue entry = queued;
        if (entry != null) {
            entry.leave();
        }
    }

    /** A request in the queue. */
    private final class InQueue extends TimerWheel.Entry {
        /** Servers that come back, and new ones, tell nobody. */
        private static final long LOOK_NANOS = 200_000_000;

        private final Upstream upstream;
        private final BooleanSupplier look;
        private final Runnable late;
        private final long end;
        private @Nullable Waiting place;

        InQueue(Upstream upstream, TimerWheel timers, BooleanSupplier look, Runnable late, long nanos) {
            super(timers);
            this.upstream = upstream;
            this.look = look;
            this.late = late;
            this.end = System.nanoTime() + nanos;
        }

        void begin(Waiting taken) {
            place = taken;
            arm();
            // Room that was made before this one came in is for the first of those who wait.
            upstream.tellOfRoom();
        }

        private void arm() {
            expireIn(Math.max(1, Math.min(LOOK_NANOS, end - System.nanoTime())));
        }

        /** On the thread of whoever made room. */
        void told() {
            try {
                thread.execute(this::look);
            } catch (RejectedExecutionException ending) {
                leave();
            }
        }

        private void look() {
            Waiting taken = place;
            if (queued != this || taken == null) {
                return;
            }
            taken.looks();
            if (look.getAsBoolean()) {
                leave();
                upstream.tellOfRoom();
            }
        }

        @Override
        protected void expired() {
            if (System.nanoTime() - end < 0) {
                look();
                if (queued == this) {
                    arm();
                }
            } else {
                leave();
                late.run();
            }
        }

        void leave() {
            if (queued == this) {
                queued = null;
            }
            remove();
            if (place != null) {
                place.leave();
            }
        }
    }
}
