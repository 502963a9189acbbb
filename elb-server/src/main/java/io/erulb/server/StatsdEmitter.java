package io.erulb.server;

import io.erulb.proxy.TrafficListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * Tells a StatsD server of every proxied request. The threads that serve requests write to a ring of their own and
 * never wait; one thread of ours empties the rings and sends. A dead or unknown StatsD costs nothing but the counts.
 */
final class StatsdEmitter implements TrafficListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatsdEmitter.class.getName());

    private static final int RING = 1 << 14;

    /** About 17 datagrams at once and then a pause: a receiver with a usual socket buffer can keep up with that. */
    private static final int BATCH = 256;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(32);
    private static final long CLOSE_WAIT_MILLIS = 2_000;

    private final StatsdTarget target;
    private final StatsdLines lines;
    private final int capacity;
    private final List<EventRing> rings = new CopyOnWriteArrayList<>();
    private final ThreadLocal<EventRing> ring = ThreadLocal.withInitial(this::newRing);
    private final AtomicLong droppedByOver = new AtomicLong();
    private final Thread thread = new Thread(this::run, "elb-statsd");
    private volatile boolean closed;

    private StatsdEmitter(StatsdTarget target, String prefix, int capacity) {
        this.target = target;
        this.lines = new StatsdLines(prefix, target::send);
        this.capacity = capacity;
    }

    /** An emitter that runs until it is closed; names begin with {@code prefix}. */
    static StatsdEmitter start(StatsdTarget target, String prefix) {
        return start(target, prefix, RING);
    }

    /** The same with room for {@code capacity} waiting events for each thread, a power of two. */
    static StatsdEmitter start(StatsdTarget target, String prefix, int capacity) {
        StatsdEmitter emitter = new StatsdEmitter(target, prefix, capacity);
        emitter.thread.setDaemon(true);
        emitter.thread.start();
        return emitter;
    }

    @Override
    public void completed(String domain, int status, long upstreamNanos) {
        ring.get().offer(domain, status, upstreamNanos);
    }

    /** Events that found no room since the start. */
    long dropped() {
        return droppedByOver.get()
                + rings.stream().mapToLong(EventRing::dropped).sum();
    }

    /** Sends what is waiting and ends; waits for that at most two seconds. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WAIT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver(EventRing each) {
        boolean over = each.isOver();
        droppedByOver.addAndGet(over ? each.dropped() : 0);
        return over;
    }

    private EventRing newRing() {
        EventRing made = new EventRing(capacity);
        rings.add(made);
        return made;
    }

    private void run() {
        long pause = PAUSE;
        while (!closed) {
            pause = round() ? PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
            LockSupport.parkNanos(this, pause);
        }
        while (round()) {
            LockSupport.parkNanos(this, PAUSE);
        }
        target.close();
        tellLosses();
    }

    private void tellLosses() {
        if (dropped() + target.lost() > 0) {
            LOG.warning(() -> "StatsD missed " + dropped() + " requests and " + target.lost() + " datagrams");
        }
    }

    /** Sends up to a batch, the rings in equal shares; tells whether there was anything. */
    private boolean round() {
        int events = 0;
        int share = BATCH / Math.max(1, rings.size()) + 1;
        for (EventRing each : rings) {
            events += each.drain(lines, share);
        }
        rings.removeIf(this::isOver);
        lines.flush();
        return events > 0;
    }
}
