package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.NameCache;
import io.erulb.proxy.http1.TimerWheel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * What one I/O thread owns of a proxy: pools of connections to servers, buffers, parsers, deadlines and its own count
 * of running requests. Confined to that thread, but for {@link #active()}.
 */
public final class IoLocal {
    /** Large enough that a 64 KiB body passes in few reads; one of each a thread, not one a connection. */
    private static final int BUFFER_SIZE = 64 * 1024;

    private final XnioIoThread thread;
    private final ClientOptions options;
    private final Map<InetSocketAddress, IdlePool> pools = new HashMap<>();
    private final TimerWheel timers;
    private final ResponseHead head = new ResponseHead(new NameCache());
    private final ResponseHeadParser parser = new ResponseHeadParser(head);
    private final RequestHead requestHead = new RequestHead();
    private @Nullable ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
    private @Nullable ByteBuffer bodyBuffer;
    private InetAddress lastClient = InetAddress.getLoopbackAddress();
    private String lastClientText = lastClient.getHostAddress();

    /** Written by this thread alone; others read it now and then. */
    private volatile long active;

    IoLocal(XnioIoThread thread, ClientOptions options) {
        this.thread = thread;
        this.options = options;
        this.timers = new TimerWheel(thread);
    }

    /** Hands the call a connection to a server: one kept open, else a new one, which has the usual time to be made. */
    public void connect(InetSocketAddress address, ConnectCall call, Reuse reuse) {
        connect(address, call, reuse, options.connectTimeout().toNanos());
    }

    /** The same; a new one has so many nanoseconds to be made. */
    public void connect(InetSocketAddress address, ConnectCall call, Reuse reuse, long timeoutNanos) {
        IdlePool pool = pools.get(address);
        if (pool == null) {
            pool = new IdlePool(address, options.maxIdle());
            pools.put(address, pool);
        }
        UpstreamConnection kept = reuse == Reuse.NEVER ? null : pool.take();
        while (kept != null && !kept.usable(reuse == Reuse.CHECKED)) {
            kept = pool.take();
        }
        if (kept != null) {
            call.connected(kept);
        } else {
            new Connecting(this, pool, call, timeoutNanos).start(Layer.NONE);
        }
    }

    /**
     * Hands the call a new connection with something over it, which has the usual time to be made; its keeper is told once it
     * is not used any more.
     */
    public void connect(ConnectionKeeper keeper, ConnectCall call, Layer layer) {
        new Connecting(this, keeper, call, options.connectTimeout().toNanos()).start(layer);
    }

    /** What a connection is wrapped in before it is used, such as TLS. */
    @FunctionalInterface
    public interface Layer {
        /** The bare connection. */
        Layer NONE = raw -> raw;

        /** The connection to use, which closes the one that was made; told to nobody else when that fails. */
        StreamConnection over(StreamConnection raw) throws IOException;
    }

    /** Which connections a request may take. */
    public enum Reuse {
        /** Any that was open when last heard of: the request can be sent again. */
        ANY,
        /** One that the socket says is open now, since the request cannot be sent twice. */
        CHECKED,
        /** None but a new one. */
        NEVER
    }

    /** Closes unused connections to servers that are no longer in use. */
    void retain(Set<InetSocketAddress> addresses) {
        pools.values().removeIf(pool -> {
            boolean gone = !addresses.contains(pool.address());
            if (gone) {
                pool.retire();
            }
            return gone;
        });
    }

    /** One request more runs here. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    public void requestStarted() {
        active = active + 1;
    }

    /** One request less runs here. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    public void requestEnded() {
        active = active - 1;
    }

    /** Requests running on this thread; may be read by any. */
    long active() {
        return active;
    }

    /** The text of a client's address; the last one is remembered, since its next request comes soon. */
    public String textOf(InetAddress client) {
        if (!client.equals(lastClient)) {
            lastClientText = client.getHostAddress();
            lastClient = client;
        }
        return lastClientText;
    }

    /** This thread's writer of request heads. */
    public RequestHead requestHead() {
        return requestHead;
    }

    /** A buffer for bytes of a request's body on their way, cleared; its content lasts until the next call. */
    public ByteBuffer bodyBuffer() {
        ByteBuffer buffer = bodyBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
            bodyBuffer = buffer;
        }
        return buffer.clear();
    }

    /** The read buffer, or a fresh one when a caller further down the stack has it. */
    ByteBuffer borrowReadBuffer() {
        ByteBuffer buffer = readBuffer;
        readBuffer = null;
        return buffer != null ? buffer : ByteBuffer.allocateDirect(BUFFER_SIZE);
    }

    void giveBack(ByteBuffer buffer) {
        readBuffer = buffer;
    }

    /** This thread's deadlines. */
    public TimerWheel timers() {
        return timers;
    }

    ResponseHead head() {
        return head;
    }

    boolean parseHead(ByteBuffer buffer) throws IOException {
        return parser.parse(buffer);
    }

    ClientOptions options() {
        return options;
    }

    XnioIoThread thread() {
        return thread;
    }

    int idleConnections() {
        return pools.values().stream().mapToInt(IdlePool::size).sum();
    }
}
