package io.erulb.server;

import io.erulb.routing.Fleet;
import io.erulb.routing.FleetMember;
import io.erulb.routing.SourceException;
import io.erulb.store.Annex;
import io.erulb.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The instances on one store, each with a small text of its own on a lease beside the configuration: told anew, a moment
 * later, when what it says changes, and renewed without a write else. Safe for use by many threads.
 */
final class StoreFleet implements Fleet, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StoreFleet.class.getName());
    private static final String FOLDER = "instances";

    /** How long an instance that gives no sign of life is still counted. */
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final long RENEW_SECONDS = 10;
    private static final long RETRY_SECONDS = 1;
    private static final long LEAVE_SECONDS = 2;

    /** After a telling, longer by so much for each call that led to it: many changes are not as many writes. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Annex annex;
    private final String path = FOLDER + '/' + UUID.randomUUID();
    private final Annex.Lease lease;
    private final ScheduledThreadPoolExecutor teller =
            new ScheduledThreadPoolExecutor(1, StoreFleet::daemon, new ThreadPoolExecutor.DiscardPolicy());
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Supplier<FleetCard> card;

    /** All below are the teller's. */
    private String told = "";

    private long restsUntil = System.nanoTime();
    private @Nullable String error;

    /** A fleet that this instance does not belong to before {@link #join}. */
    StoreFleet(Annex annex) {
        this.annex = annex;
        this.lease = annex.lease(path, LIFETIME);
        teller.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "elb-fleet");
        thread.setDaemon(true);
        return thread;
    }

    /** Tells of this instance from now on. Returns at once. */
    void join(Supplier<FleetCard> current) {
        card = current;
        changed();
        Future<?> unused = teller.scheduleWithFixedDelay(this::renew, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the fleet knows of this instance; tells whether it did in time. */
    boolean awaitKnown(Duration most) throws InterruptedException {
        return known.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What is to be told may have changed. Returns at once. */
    void changed() {
        calls.incrementAndGet();
        if (card != null && scheduled.compareAndSet(false, true)) {
            Future<?> unused = teller.schedule(this::tell, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void tell() {
        long rest = restsUntil - System.nanoTime();
        if (rest > 0) {
            Future<?> unused = teller.schedule(this::tell, rest, TimeUnit.NANOSECONDS);
            return;
        }
        scheduled.set(false);
        long wanted = Math.max(calls.getAndSet(0) * REST_NANOS, SHORTEST_REST_NANOS);
        long nextRest = Math.min(wanted, LONGEST_REST_NANOS);
        attempt(() -> {
            Supplier<FleetCard> current = card;
            String text = current == null ? told : current.get().format();
            if (!text.equals(told)) {
                lease.put(text);
                told = text;
                restsUntil = System.nanoTime() + nextRest;
                known.countDown();
            }
        });
    }

    private void renew() {
        attempt(lease::renew);
    }

    /** Something to be done to the lease. */
    private interface Task {
        void run() throws StoreException;
    }

    private void attempt(Task task) {
        try {
            task.run();
            if (error != null) {
                LOG.info("the fleet knows of this instance again");
            }
            error = null;
        } catch (StoreException | RuntimeException | Error e) {
            // A task that throws would not run again.
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (error == null) {
            LOG.log(Level.WARNING, "the fleet does not know of this instance: {0}", message);
        }
        error = message;
        told = "";
        if (scheduled.compareAndSet(false, true)) {
            Future<?> unused = teller.schedule(this::tell, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public List<FleetMember> members() throws SourceException {
        try {
            List<FleetMember> members = new ArrayList<>();
            for (Annex.Leased leased : annex.leased(FOLDER, LIFETIME)) {
                FleetCard found = FleetCard.parse(leased.text());
                if (found != null) {
                    members.add(found.member(leased.path().equals(path), leased.age()));
                }
            }
            members.sort(Comparator.comparing(FleetMember::started).thenComparing(FleetMember::name));
            return members;
        } catch (StoreException failed) {
            throw SourceException.unavailable(String.valueOf(failed.getMessage()));
        }
    }

    /** Leaves the fleet, at once if the store answers soon. */
    @Override
    public void close() {
        card = null;
        try {
            teller.submit(this::leave).get(LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.log(Level.FINE, "the fleet forgets this instance later", late);
        }
        teller.shutdownNow();
    }

    private @Nullable Void leave() throws StoreException {
        lease.close();
        return null;
    }
}
