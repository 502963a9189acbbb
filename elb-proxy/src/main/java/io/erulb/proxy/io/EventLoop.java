package io.erulb.proxy.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.BoundChannel;

/**
 * One thread and the sockets it serves, from being accepted to being closed, without a hand-over to another thread. Its
 * {@link #execute} may be called by any thread, as may what its connections offer for that; everything else happens on
 * the thread itself.
 */
final class EventLoop extends XnioIoThread {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");

    /** Tasks of other threads that are run between two looks at the sockets. */
    private static final int MAX_FOREIGN = 256;

    private static final long AFTER_FAULT_MILLIS = 100;

    private final Selector selector;
    private final Consumer<SelectionKey> dispatch = EventLoop::dispatch;
    private final Queue<Runnable> foreign = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final LoopTimers timers = new LoopTimers();
    private final long lastBytesNanos;
    private volatile boolean asleep;
    private volatile boolean stopping;
    private volatile boolean stopped;

    /**
     * A loop that is not started.
     *
     * @param lastBytesNanos how long answers that clients have still to take hold up its end
     */
    EventLoop(XnioWorker tasks, int number, String name, long lastBytesNanos) throws IOException {
        super(tasks, number, name);
        this.selector = Selector.open();
        this.lastBytesNanos = lastBytesNanos;
    }

    /** Something that waits for a socket. */
    interface Waiting {
        /** The socket is ready for what was asked. */
        void ready(SelectionKey key) throws IOException;

        /** The loop ends, or an event could not be handled: closes what is waited for. */
        void abandon();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                turn();
            }
            long end = System.nanoTime() + lastBytesNanos;
            while (anyWrites() && end - System.nanoTime() > 0) {
                turn();
            }
        } finally {
            end();
        }
    }

    private void turn() {
        try {
            select();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "waiting for sockets failed", e);
            pause();
        }
        timers.runDue(EventLoop::guarded);
        runTasks();
    }

    private void select() throws IOException {
        asleep = true;
        long wait = stopping ? 1 : timers.millisToNext();
        if (!own.isEmpty() || !foreign.isEmpty() || wait == 0) {
            asleep = false;
            selector.selectNow(dispatch);
        } else {
            selector.select(dispatch, Math.max(wait, 0));
            asleep = false;
        }
    }

    /** Keeps a fault that does not go away from taking all of a processor. */
    private static void pause() {
        try {
            Thread.sleep(AFTER_FAULT_MILLIS);
        } catch (InterruptedException ignored) {
            // Nobody interrupts a loop to stop it.
        }
    }

    private static void dispatch(SelectionKey key) {
        Waiting waiting = (Waiting) key.attachment();
        try {
            waiting.ready(key);
        } catch (CancelledKeyException closed) {
            // Closed by another thread meanwhile.
            waiting.abandon();
        } catch (Exception | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a socket's event could not be handled; the socket is closed", e);
            waiting.abandon();
        }
    }

    /** Tasks may add tasks; those are run after the next look at the sockets. */
    private void runTasks() {
        for (int n = own.size(); n > 0; n--) {
            guarded(own.remove());
        }
        Runnable task;
        for (int n = 0; n < MAX_FOREIGN && (task = foreign.poll()) != null; n++) {
            guarded(task);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a task of an event loop failed", e);
        }
    }

    private boolean anyWrites() {
        return selector.keys().stream()
                .anyMatch(key -> key.isValid() && (key.interestOps() & SelectionKey.OP_WRITE) != 0);
    }

    private void end() {
        stopped = true;
        for (SelectionKey key : selector.keys()) {
            ((Waiting) key.attachment()).abandon();
        }
        runTasks();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a selector could not be closed", e);
        }
    }

    /** Begins to end the thread: connections with bytes on their way get a moment, then all are closed. */
    void stopSoon() {
        stopping = true;
        selector.wakeup();
    }

    boolean isCurrent() {
        return Thread.currentThread() == this;
    }

    /**
     * Runs a task on this thread soon, in the order they came from a thread.
     *
     * @throws RejectedExecutionException when the loop has ended
     */
    @Override
    public void execute(Runnable task) {
        if (isCurrent()) {
            own.add(task);
            return;
        }
        foreign.add(task);
        if (stopped && foreign.remove(task)) {
            throw new RejectedExecutionException("the event loop has ended");
        }
        wakeIfAsleep();
    }

    private void wakeIfAsleep() {
        if (asleep) {
            selector.wakeup();
        }
    }

    @Override
    public Key executeAfter(Runnable task, long time, TimeUnit unit) {
        return schedule(task, unit.toNanos(time), 0);
    }

    @Override
    public Key executeAtInterval(Runnable task, long time, TimeUnit unit) {
        long nanos = unit.toNanos(time);
        return schedule(task, nanos, Math.max(nanos, 1));
    }

    private Key schedule(Runnable task, long nanos, long interval) {
        LoopTimers.Timer timer = timers.new Timer(task, System.nanoTime() + nanos, interval);
        if (isCurrent()) {
            timers.add(timer);
        } else {
            execute(() -> timers.add(timer));
        }
        return timer;
    }

    /** Waits for a socket from now on; the socket does not block. */
    SelectionKey register(SelectableChannel socket, int ops, Waiting waiting) throws IOException {
        SelectionKey key = socket.register(selector, ops, waiting);
        changed();
        return key;
    }

    /** What is waited for was changed. */
    void changed() {
        if (!isCurrent()) {
            selector.wakeup();
        }
    }

    @Override
    protected IoFuture<StreamConnection> openTcpStreamConnection(
            @Nullable InetSocketAddress bindAddress,
            InetSocketAddress destination,
            ChannelListener<? super StreamConnection> openListener,
            @Nullable ChannelListener<? super BoundChannel> bindListener,
            OptionMap options) {
        return new Connect(this, destination, openListener).start();
    }
}
