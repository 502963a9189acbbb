package io.erulb.server;

import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.proxy.http1.server.Http1Listener;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

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

    /** Lets the last bytes of the last answers go out. */
    private static final Duration LAST_BYTES = Duration.ofMillis(300);

    private final XnioWorker worker;
    private final Http1Limits limits;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_SIZE, POOLED_BUFFERS, BUFFERS_A_THREAD);
    private final List<Port> ports = new ArrayList<>();
    private final List<AcceptingChannel<StreamConnection>> open = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    private Listeners(XnioWorker worker, Http1Limits limits) {
        this.worker = worker;
        this.limits = limits;
    }

    /** A port and who answers on it. */
    private record Port(HostPort address, HttpHandler handler) {}

    /** Threads that serve, and no port yet. */
    static Listeners create(int ioThreads, Http1Limits limits) throws IOException {
        OptionMap options = OptionMap.builder()
                .set(Options.WORKER_NAME, "elb")
                .set(Options.WORKER_IO_THREADS, ioThreads)
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, TASK_THREADS)
                .getMap();
        XnioWorker worker = Xnio.getInstance(Listeners.class.getClassLoader()).createWorker(options);
        return new Listeners(worker, limits);
    }

    XnioWorker worker() {
        return worker;
    }

    /** Adds a port; nothing listens before {@link #open}. */
    void add(HostPort address, HttpHandler handler) {
        ports.add(new Port(address, handler));
    }

    /**
     * Listens on every port that was added.
     *
     * @throws BindException when one of them can't be had
     */
    void open() throws IOException {
        for (Port port : ports) {
            AcceptingChannel<StreamConnection> channel = listen(port);
            open.add(channel);
            addresses.add(channel.getLocalAddress(InetSocketAddress.class));
        }
        open.forEach(AcceptingChannel::resumeAccepts);
    }

    private AcceptingChannel<StreamConnection> listen(Port port) throws IOException {
        OptionMap options = OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .getMap();
        Http1Listener listener = new Http1Listener(port.handler(), buffers, limits, OptionMap.EMPTY);
        InetSocketAddress address =
                new InetSocketAddress(port.address().host(), port.address().port());
        if (address.isUnresolved()) {
            throw new BindException("no host is named " + port.address().host());
        }
        return worker.createStreamConnectionServer(address, ChannelListeners.openListenerAdapter(listener), options);
    }

    /** Where we listen, in the order the ports were added. */
    List<InetSocketAddress> addresses() {
        return addresses;
    }

    /** Stops to listen; connections that are open go on. */
    void stopListening() {
        open.forEach(IoUtils::safeClose);
    }

    /** Closes every connection and ends the threads. */
    @Override
    public void close() {
        stopListening();
        worker.shutdown();
        try {
            worker.awaitTermination(LAST_BYTES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        worker.shutdownNow();
    }
}
