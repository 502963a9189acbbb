package io.erulb.proxy.http1.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.xnio.XnioIoThread;

/** The upstream side of one proxy over all its I/O threads. Safe for use by many threads. */
public final class UpstreamClient {
    private final ClientOptions options;
    private final List<IoLocal> all = new CopyOnWriteArrayList<>();
    private final ThreadLocal<IoLocal> locals = ThreadLocal.withInitial(this::create);

    /** A client without connections. */
    public UpstreamClient(ClientOptions options) {
        this.options = options;
    }

    /** What the calling I/O thread owns. */
    public IoLocal local() {
        return locals.get();
    }

    private IoLocal create() {
        IoLocal local = new IoLocal((XnioIoThread) Thread.currentThread(), options);
        all.add(local);
        return local;
    }

    /**
     * Closes unused connections to all servers but these; those in use close when their request is done. An I/O thread
     * that was stopped has closed its own.
     */
    public void retain(Set<InetSocketAddress> addresses) {
        all.removeIf(local -> !retain(local, addresses));
    }

    private static boolean retain(IoLocal local, Set<InetSocketAddress> addresses) {
        try {
            local.thread().execute(() -> local.retain(addresses));
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }

    /** Requests that run at present. */
    public long active() {
        return all.stream().mapToLong(IoLocal::active).sum();
    }

    /** Closes every unused connection. */
    public void close() {
        retain(Set.of());
    }
}
