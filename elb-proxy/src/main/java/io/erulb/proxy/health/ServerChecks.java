package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.ClientOptions;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.UpstreamClient;
import io.erulb.proxy.io.EventLoops;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.TableChange;
import io.erulb.routing.Target;
import io.erulb.routing.policy.CheckPolicy;
import io.erulb.upstream.health.CheckPlan;
import io.erulb.upstream.health.HealthChecks;
import io.erulb.upstream.health.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Has the servers in force checked as their policies say, on one thread that begins with the first policy that has it so. Safe
 * for use by many threads.
 */
public final class ServerChecks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");

    /**
     * Where intervals differ, or while other checks run, one is late by the time between two looks at most: by no more than time
     * runs ahead for them.
     */
    private static final int LOOKS_AN_INTERVAL = 120;

    private static final long LONGEST_TICK_MILLIS = 50;

    /** After so many begun, others that wait for the processor come first. */
    private static final int LOT = 12;

    /**
     * Where so many are begun at once, the answers are waited for together: being woken for each is what takes time. The thread
     * serves no requests, which would have to wait too.
     */
    private static final int MANY = 8;

    private static final long ANSWERS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A check has a time-out of its own; this one is of connections that nobody waits for any more. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than nearly all intervals. */
    private static final Duration KEEP = Duration.ofMinutes(2);

    private final LiveRouting routing;
    private final CheckTls tls;
    private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private final UpstreamClient client = new UpstreamClient(new ClientOptions(CONNECT_TIMEOUT, KEEP, 0));
    private final HealthChecks checks = new HealthChecks(System::nanoTime, random);
    private final RunningChecks running = new RunningChecks();
    private final Runnable look = this::look;
    /** What each upstream is checked by; like {@link #checks} confined to the thread of the checks. */
    private final Map<String, InForce> inForce = new HashMap<>();
    /** Guarded by this. */
    private @Nullable Threads threads;
    /** Guarded by this. */
    private boolean closed;

    /** The next look at what is due; null when none is planned. Confined like them. */
    private XnioExecutor.@Nullable Key next;

    private long nextTime;

    /** From one look to the next as long as checks run or many are due; 0 when it has to be found out. */
    private long tickMillis;

    /** What an upstream is checked by: the same plan as long as its policy is the same. */
    private record InForce(CheckPolicy policy, CheckPlan plan) {}

    /** The thread of the checks, and what runs it. */
    private record Threads(XnioWorker tasks, EventLoops loops, XnioIoThread thread) {}

    /** Checks what is in force now and what will be. */
    public static ServerChecks of(LiveRouting routing) {
        return of(routing, new CheckTls());
    }

    static ServerChecks of(LiveRouting routing, CheckTls tls) {
        ServerChecks made = new ServerChecks(routing, tls);
        routing.onPublish(made::changed);
        RoutingTable table = routing.current();
        made.follow(table, table.policies().keySet());
        return made;
    }

    private ServerChecks(LiveRouting routing, CheckTls tls) {
        this.routing = routing;
        this.tls = tls;
    }

    private void changed(TableChange change) {
        Set<String> names = new HashSet<>(change.upstreams());
        names.addAll(change.policies());
        follow(change.after(), names);
    }

    private void follow(RoutingTable table, Collection<String> names) {
        for (String name : names) {
            Target target = table.target(name);
            CheckPolicy policy = target == null ? null : target.policy().check();
            if (policy != null) {
                start();
                if (policy.verify()) {
                    tls.prepare();
                }
            }
            onThread(() -> refresh(name));
        }
    }

    private synchronized void start() {
        if (threads != null || closed) {
            return;
        }
        try {
            XnioWorker tasks = Xnio.getInstance(ServerChecks.class.getClassLoader())
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 0, Options.WORKER_TASK_MAX_THREADS, 1));
            EventLoops loops = EventLoops.start("elb-checks", 1, tasks);
            threads = new Threads(tasks, loops, loops.thread(0));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "servers are not checked, since there are no descriptors left", e);
        }
    }

    private synchronized void onThread(Runnable task) {
        if (threads != null && !closed) {
            threads.thread.execute(task);
        }
    }

    /** Goes by what is in force by now, since changes may be told in any order. */
    private void refresh(String name) {
        Target target = routing.current().target(name);
        CheckPolicy policy = target == null ? null : target.policy().check();
        tickMillis = 0;
        if (target == null || policy == null) {
            inForce.remove(name);
            checks.remove(name);
        } else {
            InForce known = inForce.get(name);
            InForce now = known != null && known.policy.equals(policy) ? known : new InForce(policy, plan(policy));
            inForce.put(name, now);
            checks.set(name, target.live().peers(), now.plan);
        }
        plan();
    }

    private CheckPlan plan(CheckPolicy policy) {
        return new CheckPlan(server -> check(policy, server), policy.interval(), policy.rise(), policy.fall());
    }

    private Probe check(CheckPolicy policy, InetSocketAddress server) {
        Check.Place place = new Check.Place(client.local(), running, policy.address(server));
        return switch (policy.type()) {
            case TCP -> new TcpCheck(place, policy.timeout());
            case HTTP -> new HttpCheck(place, policy, IoLocal.Layer.NONE);
            case HTTPS -> new HttpCheck(place, policy, tls.layer(policy, place.address()));
        };
    }

    /** Has the next look come when something is due, unless it comes sooner. */
    private void plan() {
        long tick = tickMillis == 0 ? LONGEST_TICK_MILLIS : tickMillis;
        long now = System.nanoTime();
        long wait = running.isEmpty() ? Math.max(tick, checks.millisToNext()) : running.millisToDeadline(tick, now);
        long time = now + TimeUnit.MILLISECONDS.toNanos(wait);
        boolean nothing = checks.isEmpty() && running.isEmpty();
        if (nothing || (next != null && nextTime - time <= 0)) {
            return;
        }
        if (next != null) {
            next.remove();
        }
        nextTime = time;
        try {
            next = XnioIoThread.currentThread().executeAfter(look, wait, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            // The thread ends, and the checks with it.
        }
    }

    private void look() {
        next = null;
        try {
            running.expire(System.nanoTime());
            int others = running.size();
            if (begin() >= MANY) {
                LockSupport.parkNanos(ANSWERS_NANOS);
                running.readFrom(others);
            }
            if (tickMillis == 0) {
                tickMillis = tick();
            }
        } finally {
            plan();
        }
    }

    private int begin() {
        int begun = checks.run(LOT);
        int all = begun;
        while (begun == LOT) {
            RunningChecks.giveWay();
            begun = checks.run(LOT);
            all += begun;
        }
        return all;
    }

    private long tick() {
        long tick = LONGEST_TICK_MILLIS;
        for (InForce checked : inForce.values()) {
            tick = Math.min(tick, checked.policy.interval().toMillis() / LOOKS_AN_INTERVAL);
        }
        return Math.max(1, tick);
    }

    /** Ends all checks. */
    @Override
    public void close() {
        Threads running;
        synchronized (this) {
            closed = true;
            running = threads;
            threads = null;
        }
        if (running != null) {
            running.loops.close();
            running.tasks.shutdownNow();
        }
    }
}
