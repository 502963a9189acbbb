package io.erulb.proxy.io;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Threads that serve connections, each its own from accepting to closing. Safe for use by many threads.
 *
 * <pre>{@code
 * try (EventLoops loops = EventLoops.start("elb", 2, tasks);
 *         ListeningPort port = loops.listen(address, 4096, new Http1Listener(...))) {
 *     ...
 * }
 * }</pre>
 */
public final class EventLoops implements AutoCloseable {
    /** Lets the last bytes of the last answers go out. */
    private static final Duration LAST_BYTES = Duration.ofMillis(300);

    private final List<EventLoop> loops = new ArrayList<>();

    private EventLoops() {}

    /**
     * Starts threads.
     *
     * @param name what their names begin with
     * @param number of threads, at least 1
     * @param tasks where handlers run what may block; stays the caller's to end
     * @throws IOException when the system has no more descriptors
     */
    public static EventLoops start(String name, int number, XnioWorker tasks) throws IOException {
        return start(name, number, tasks, LAST_BYTES);
    }

    /** The same with another time for the last bytes of answers at the end. */
    static EventLoops start(String name, int number, XnioWorker tasks, Duration lastBytes) throws IOException {
        EventLoops made = new EventLoops();
        for (int i = 0; i < number; i++) {
            made.loops.add(new EventLoop(tasks, i, name + " I/O-" + (i + 1), lastBytes.toNanos()));
        }
        made.loops.forEach(Thread::start);
        return made;
    }

    /** One of the threads, counted from 0, for what does not begin with a connection that comes in. */
    public XnioIoThread thread(int index) {
        return loops.get(index);
    }

    /**
     * Listens.
     *
     * @param address where; port 0 is any free one
     * @param backlog connections that may wait to be taken in; the system may allow fewer
     * @param accepted told of each connection, on the thread that serves it from then on
     * @throws BindException when another process listens there, or there is no such address here
     */
    public ListeningPort listen(
            InetSocketAddress address, int backlog, ChannelListener<? super StreamConnection> accepted)
            throws IOException {
        return ListeningPort.open(address, backlog, loops, accepted);
    }

    /** Closes every connection and ends the threads; answers on their way get a moment before. */
    @Override
    public void close() {
        loops.forEach(EventLoop::stopSoon);
        boolean interrupted = false;
        for (EventLoop loop : loops) {
            try {
                loop.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
