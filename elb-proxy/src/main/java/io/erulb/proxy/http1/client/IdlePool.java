package io.erulb.proxy.http1.client;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unused connections to one server on one I/O thread, last in first out, so that those not needed grow old and
 * close. Confined to its thread.
 */
final class IdlePool implements ConnectionKeeper {
    private final InetSocketAddress address;
    private final int max;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private boolean retired;

    IdlePool(InetSocketAddress address, int max) {
        this.address = address;
        this.max = max;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Nullable
    UpstreamConnection take() {
        return idle.pollLast();
    }

    /** Keeps a connection for the next request, unless there are enough or the server is gone. */
    @Override
    public boolean keep(UpstreamConnection connection) {
        if (retired || idle.size() >= max) {
            return false;
        }
        idle.addLast(connection);
        return true;
    }

    @Override
    public void forget(UpstreamConnection connection) {
        idle.removeLastOccurrence(connection);
    }

    /** Closes what is unused, and what is in use once it is given back. */
    void retire() {
        retired = true;
        List.copyOf(idle).forEach(UpstreamConnection::close);
        idle.clear();
    }

    int size() {
        return idle.size();
    }
}
