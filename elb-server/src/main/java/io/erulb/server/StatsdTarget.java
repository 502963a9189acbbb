package io.erulb.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The StatsD server as somewhere to throw datagrams at. Nothing here fails: what can't be sent is counted. One thread
 * sends, another may look the name up.
 */
final class StatsdTarget implements AutoCloseable {
    private final HostPort target;
    private final LongAdder lost = new LongAdder();

    /** Written by the thread that looks the name up, read by the one that sends. */
    private volatile @Nullable InetSocketAddress address;

    /** Belongs to the sending thread. */
    private @Nullable DatagramChannel channel;

    StatsdTarget(HostPort target) {
        this.target = target;
        if (target.isLiteral()) {
            lookUp();
        }
    }

    /** Looks the name up; an unknown one keeps the address there was. May block on the name service. */
    void lookUp() {
        InetSocketAddress found = target.resolve();
        if (!found.isUnresolved()) {
            address = found;
        }
    }

    boolean isKnown() {
        return address != null;
    }

    /** Sends a datagram, or counts it as lost. Never throws and never waits. */
    void send(ByteBuffer datagram) {
        InetSocketAddress to = address;
        try {
            if (to == null || channel(to).send(datagram, to) == 0) {
                lost.increment();
            }
        } catch (IOException | RuntimeException unsent) {
            lost.increment();
            close();
        }
    }

    /** Datagrams that were not sent. */
    long lost() {
        return lost.sum();
    }

    @Override
    public void close() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // A datagram socket holds nothing that could be lost by a failed close.
            }
        }
    }

    private DatagramChannel channel(InetSocketAddress to) throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            boolean v6 = to.getAddress() instanceof Inet6Address;
            open = DatagramChannel.open(v6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            open.configureBlocking(false);
            channel = open;
        }
        return open;
    }
}
