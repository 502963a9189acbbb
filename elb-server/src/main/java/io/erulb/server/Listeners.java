package io.erulb.server;

import io.erulb.proxy.ElbProxy;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The ports we listen on and the threads that serve their connections. Stopping to listen and stopping to serve are two
 * steps, with time for running requests between them. Use from one thread at a time.
 */
final class Listeners implements AutoCloseable {
    /** Beyond these, connections wait in the system's queue until others close. */
    private static final int MOST_CONNECTIONS = 1_000_000;

    /** Threads for the admin API alone; proxying needs none. */
    private static final int TASK_THREADS = 4;

    /** Lets the last bytes of the last answers go out. */
    private static final Duration LAST_BYTES = Duration.ofMillis(300);

    private final XnioWorker worker;
    private final Undertow.Builder builder;
    private Undertow undertow;

    private Listeners(XnioWorker worker) {
        this.worker = worker;
        this.builder = ElbProxy.configure(Undertow.builder()).setWorker(worker);
        this.undertow = builder.build();
    }

    /** Threads that serve, and no port yet. */
    static Listeners create(int ioThreads) throws IOException {
        OptionMap options = OptionMap.builder()
                .set(Options.WORKER_NAME, "elb")
                .set(Options.WORKER_IO_THREADS, ioThreads)
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, TASK_THREADS)
                .set(Options.CONNECTION_HIGH_WATER, MOST_CONNECTIONS)
                .set(Options.CONNECTION_LOW_WATER, MOST_CONNECTIONS)
                .set(Options.TCP_NODELAY, true)
                .getMap();
        return new Listeners(Xnio.getInstance(Listeners.class.getClassLoader()).createWorker(options));
    }

    XnioWorker worker() {
        return worker;
    }

    /** Adds a port; nothing listens before {@link #open}. */
    void add(HostPort address, HttpHandler handler) {
        builder.addHttpListener(address.port(), address.host(), handler);
    }

    /**
     * Listens on every port that was added.
     *
     * @throws BindException when one of them can't be had
     */
    void open() throws BindException {
        undertow = builder.build();
        try {
            undertow.start();
        } catch (RuntimeException failed) {
            undertow.stop();
            if (failed.getCause() instanceof BindException bind) {
                throw bind;
            }
            throw failed;
        }
    }

    /** Where we listen, in the order the ports were added. */
    List<InetSocketAddress> addresses() {
        return undertow.getListenerInfo().stream()
                .map(Undertow.ListenerInfo::getAddress)
                .map(Listeners::inet)
                .toList();
    }

    /** Stops to listen; connections that are open go on. */
    void stopListening() {
        undertow.stop();
    }

    /** Closes every connection and ends the threads. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            worker.awaitTermination(LAST_BYTES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        worker.shutdownNow();
    }

    private static InetSocketAddress inet(SocketAddress address) {
        return (InetSocketAddress) address;
    }
}
