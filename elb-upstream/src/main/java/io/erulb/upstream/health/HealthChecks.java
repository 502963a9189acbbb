package io.erulb.upstream.health;

import io.erulb.upstream.CheckResult;
import io.erulb.upstream.Peer;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The checks of all upstreams. Each server has its place in the interval, one of sixty, and is checked there time after time, so
 * that a thousand servers are not asked at once. The first check comes within a second, sooner where fewer are checked, and in the
 * order of the places too. Time runs 1 to 1.6 % ahead here, so that instances do not keep step. Of a server that is in and failed
 * its last check the next one follows twice as soon: with an interval of 2 s, a time-out of 1 s and two failures needed,
 *
 * <pre>
 *   0s        passes
 *   0.5s      the server hangs
 *   1.9s 2.9s the check fails by its time-out, and the next one begins at once
 *   3.9s      fails too, and the server is out: 3.4 s after it hung, and never more than 4 s
 * </pre>
 *
 * <p>A check is not begun while the one before it runs. Confined to one thread, which calls {@link #run} again and again.
 */
public final class HealthChecks {
    private static final int SECOND = 1000;

    /** Places in an interval: what is due at once costs less than what has to be woken for one by one. */
    private static final int PLACES = 60;

    /** Up to so many servers, each is given its place by itself. */
    private static final int FEW = 1000;

    /**
     * Beyond, so many that came together are given the same place: what there is of them, here and in the system, lies side by
     * side in memory, and is found faster if it is used one after the other. That saves about a fifth of what a check costs.
     */
    private static final int NEIGHBOURS = 16;

    /** Multiples of it, less what is whole, are spread evenly however many there are (H. Weyl, 1916). */
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    private final HastyClock clock;
    private final double offset;
    private final Map<String, Map<InetSocketAddress, Entry>> upstreams = new HashMap<>();
    private final DueTimes due = new DueTimes();
    /** By their numbers; null where one has ended. */
    private final List<@Nullable Entry> entries = new ArrayList<>();

    private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();

    /**
     * No checks yet.
     *
     * @param nanoClock the time, as {@link System#nanoTime()} counts it
     */
    public HealthChecks(LongSupplier nanoClock, RandomGenerator random) {
        this.clock = new HastyClock(nanoClock, random);
        this.offset = random.nextDouble();
    }

    /**
     * Has the peers of an upstream checked from now on, and no others of it; those of an address that was checked before go on
     * where they are. Peers marked {@code down} are not checked.
     */
    public void set(String upstream, List<Peer> peers, CheckPlan plan) {
        Map<InetSocketAddress, Entry> before = upstreams.getOrDefault(upstream, Map.of());
        Map<InetSocketAddress, Entry> after = new LinkedHashMap<>();
        for (Peer peer : peers) {
            if (!peer.spec().down()) {
                Entry known = before.get(peer.address());
                after.put(peer.address(), known == null ? begin(peer, plan) : known.follow(peer, plan));
            }
        }
        before.forEach((address, entry) -> {
            if (!after.containsKey(address)) {
                end(entry);
            }
        });
        if (after.isEmpty()) {
            upstreams.remove(upstream);
        } else {
            upstreams.put(upstream, after);
        }
    }

    private Entry begin(Peer peer, CheckPlan plan) {
        Integer free = freeNumbers.poll();
        Entry entry = new Entry(free == null ? entries.size() : free, peer, plan);
        if (free == null) {
            entries.add(entry);
        } else {
            entries.set(free, entry);
        }
        // A millisecond for each server that is checked, so that few are checked at once and many not all together.
        entry.dueAt(
                entry.turn(Math.min(Math.min(SECOND, size()), plan.interval().toMillis())));
        return entry;
    }

    private double place(int number) {
        int nth = number < FEW ? number : FEW + (number - FEW) / NEIGHBOURS;
        return (offset + Math.floor(nth * GOLDEN_RATIO % 1 * PLACES) / PLACES) % 1;
    }

    /** Ends the checks of an upstream; what one that runs finds counts no more. */
    public void remove(String upstream) {
        Map<InetSocketAddress, Entry> ended = upstreams.remove(upstream);
        if (ended != null) {
            ended.values().forEach(this::end);
        }
    }

    private void end(Entry entry) {
        entry.end();
        entries.set(entry.number, null);
        freeNumbers.add(entry.number);
    }

    /** Whether nothing is checked. */
    public boolean isEmpty() {
        return upstreams.isEmpty();
    }

    /** Number of servers that are checked. */
    public int size() {
        return entries.size() - freeNumbers.size();
    }

    /** Milliseconds until a check is due, 0 when one is now; a time that is far off when nothing is checked. */
    public long millisToNext() {
        return due.isEmpty() ? SECOND : clock.millisUntil(due.time());
    }

    /** Begins checks that are due, so many at most, and answers how many: fewer when no more are due. */
    public int run(int most) {
        int begun = 0;
        long now = clock.now();
        while (begun < most && !due.isEmpty() && due.time() <= now) {
            long time = due.time();
            Entry entry = entries.get(due.poll());
            if (entry != null && entry.at == time) {
                entry.runAt(now);
                begun++;
            }
        }
        return begun;
    }

    /** A server that is checked by one plan. */
    private final class Entry implements Probe.Done {
        private final int number;
        /** Where in the interval its turn is, as a share of it. */
        private final double place;

        private final CheckPlan plan;
        /** In milliseconds. */
        private final long interval;

        private Peer peer;
        private @Nullable Probe probe;

        /** When the next check is due. */
        private long at;

        private long begun;
        private boolean running;
        private boolean ended;

        Entry(int number, Peer peer, CheckPlan plan) {
            this.number = number;
            this.place = place(number);
            this.peer = peer;
            this.plan = plan;
            this.interval = plan.interval().toMillis();
        }

        /** What goes on in its place: itself, unless the plan is another; of that a shorter interval counts at once. */
        Entry follow(Peer nextPeer, CheckPlan nextPlan) {
            if (nextPlan.equals(plan)) {
                peer = nextPeer;
                return this;
            }
            end();
            Entry next = new Entry(number, nextPeer, nextPlan);
            entries.set(number, next);
            next.at = at;
            if (at > clock.now() + next.interval) {
                next.dueAt(next.turn(next.interval));
            }
            return next;
        }

        /** What a check that runs finds counts no more. */
        void end() {
            ended = true;
            Probe stopped = probe;
            probe = null;
            if (stopped != null) {
                stopped.stop();
            }
        }

        void dueAt(long time) {
            at = time;
            due.add(time, number);
        }

        void runAt(long now) {
            dueAt(turn(interval));
            if (running) {
                return;
            }
            begun = now;
            running = true;
            try {
                Probe made = probe;
                if (made == null) {
                    made = plan.probes().of(peer.address());
                    probe = made;
                }
                made.start(this);
            } catch (RuntimeException e) {
                // An address of a kind that there is no way to from here, say; the others are checked all the same.
                with(new CheckResult(false, "no check: " + e.getMessage()));
            }
        }

        /** The next time that its place comes when it comes once in so many milliseconds: later than now. */
        private long turn(long period) {
            long now = clock.now();
            return now + period - Math.floorMod(now - (long) (place * period), period);
        }

        @Override
        public void with(@Nullable CheckResult result) {
            running = false;
            if (ended || result == null) {
                return;
            }
            boolean wasIn = !result.passed() && !peer.leftOut();
            peer.checked(result, plan.rise(), plan.fall());
            if (wasIn && !peer.leftOut()) {
                dueAt(begun + interval / 2);
            }
        }
    }
}
