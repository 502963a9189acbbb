package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A server and the addresses its host stands for. Immutable.
 *
 * @param spec the server as configured
 * @param addresses in the order they are to be used; empty while the name is not resolved: the server then has no peer
 */
public record ResolvedServer(ServerSpec spec, List<InetSocketAddress> addresses) {

    /** Copies the list; an unresolved socket address in it is an {@link IllegalArgumentException}. */
    public ResolvedServer {
        requireNonNull(spec, "spec");
        addresses = List.copyOf(addresses);
        for (InetSocketAddress address : addresses) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("address: " + address + " (expected: a resolved one)");
            }
        }
    }

    /**
     * The server of an IP literal, whose address needs no resolving.
     *
     * @throws IllegalArgumentException when the host is a name
     */
    public static ResolvedServer literal(ServerSpec spec) {
        InetAddress address = IpLiteral.parse(spec.host());
        if (address == null) {
            throw new IllegalArgumentException("host: " + spec.host() + " (expected: an IP literal)");
        }
        return new ResolvedServer(spec, List.of(new InetSocketAddress(address, spec.port())));
    }
}
