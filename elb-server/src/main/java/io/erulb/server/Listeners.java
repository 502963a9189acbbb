package io.erulb.server;

import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.proxy.http1.server.Http1Listener;
import io.erulb.proxy.io.EventLoops;
import io.erulb.proxy.io.ListeningPort;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The ports we listen on and the threads that serve their connections. Stopping to listen and stopping to serve are two
 * steps, with time for running requests between them. Use from one thread at a time.
 */
final class Listeners implements AutoCloseable {
    /** Threads for the admin API alone; proxying needs none. */
    private static final int TASK_THREADS = 4;

    /** Connections that may wait to be accepted; the system may allow fewer. */
    private static final int BACKLOG = 4096;

    /** Bytes that wait for a slow client or a whole head; what passes through at once needs none. */
    private static final int BUFFER_SIZE = 16 * 1024;

    private static final int POOLED_BUFFERS = 1024;
    private static final int BUFFERS_A_THREAD = 12;

    private final XnioWorker tasks;
    private final EventLoops loops;
    private final Http1Limits limits;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_SIZE, POOLED_BUFFERS, BUFFERS_A_THREAD);
    private final List<Port> ports = new ArrayList<>();
    private final List<ListeningPort> open = new ArrayList<>();

    private Listeners(XnioWorker tasks, EventLoops loops, Http1Limits limits) {
        this.tasks = tasks;
        this.loops = loops;
        this.limits = limits;
    }

    /** A port and what serves it. */
    private record Port(HostPort address, Http1Listener listener) {}

    /** Threads that serve, and no port yet. */
    static Listeners create(int ioThreads, Http1Limits limits) throws IOException {
        OptionMap options = OptionMap.builder()
                .set(Options.WORKER_NAME, "elb")
                .set(Options.WORKER_IO_THREADS, 0)
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, TASK_THREADS)
                .getMap();
        XnioWorker tasks = Xnio.getInstance(Listeners.class.getClassLoader()).createWorker(options);
        return new Listeners(tasks, EventLoops.start("elb", ioThreads, tasks), limits);
    }

    /** Adds a port; nothing listens before {@link #open}. */
    void add(HostPort address, HttpHandler handler) {
        ports.add(new Port(address, new Http1Listener(handler, buffers, limits, OptionMap.EMPTY)));
    }

    /** Number of connections open at present. */
    int connections() {
        return ports.stream().mapToInt(port -> port.listener().connections()).sum();
    }

    /** Number of connections turned away, since there were too many. */
    long refused() {
        return ports.stream().mapToLong(port -> port.listener().refused()).sum();
    }

    /**
     * Listens on every port that was added.
     *
     * @throws BindException when one of them can't be had
     */
    void open() throws IOException {
        for (Port port : ports) {
            open.add(listen(port));
        }
    }

    private ListeningPort listen(Port port) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(port.address().host(), port.address().port());
        if (address.isUnresolved()) {
            throw new BindException("no host is named " + port.address().host());
        }
        return loops.listen(address, BACKLOG, port.listener());
    }

    /** Where we listen, in the order the ports were added. */
    List<InetSocketAddress> addresses() {
        return open.stream().map(ListeningPort::address).toList();
    }

    /** Stops to listen; connections that are open go on. */
    void stopListening() {
        open.forEach(ListeningPort::close);
    }

    /** Closes every connection and ends the threads. */
    @Override
    public void close() {
        stopListening();
        loops.close();
        tasks.shutdownNow();
    }
}
