package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient;
import io.erulb.proxy.io.EventLoops;
import io.erulb.proxy.io.ListeningPort;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** A listener on a free port of this machine, with a worker of its own, that minds leaked buffers and connections. */
final class Http1Fixture implements AutoCloseable {
    static final int BUFFER_SIZE = 16 * 1024;

    private final XnioWorker tasks;
    private final EventLoops loops;
    private final ListeningPort port;
    private final CountingPool pool = new CountingPool(BUFFER_SIZE);
    private final Http1Listener listener;

    Http1Fixture(HttpHandler handler) throws IOException {
        this(handler, Http1Limits.defaults());
    }

    Http1Fixture(HttpHandler handler, Http1Limits limits) throws IOException {
        tasks = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 0)
                        .set(Options.WORKER_TASK_CORE_THREADS, 2)
                        .set(Options.WORKER_TASK_MAX_THREADS, 2)
                        .getMap());
        loops = EventLoops.start("fixture", 2, tasks);
        listener = new Http1Listener(handler, pool, limits, OptionMap.EMPTY);
        port = loops.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000, listener);
    }

    int port() {
        return port.address().getPort();
    }

    RawClient connect() throws IOException {
        return new RawClient(port());
    }

    int connections() {
        return listener.connections();
    }

    long refused() {
        return listener.refused();
    }

    int buffersOut() {
        return pool.out();
    }

    /** Stops, once clients are gone; fails when a connection or buffer is left. */
    @Override
    public void close() {
        port.close();
        try {
            Eventually.holds("no connection is left, of " + connections(), () -> connections() == 0);
            Eventually.holds("no buffer is out, of " + buffersOut(), () -> buffersOut() == 0);
            assertThat(buffersOut()).isZero();
        } finally {
            loops.close();
            tasks.shutdownNow();
        }
    }
}
