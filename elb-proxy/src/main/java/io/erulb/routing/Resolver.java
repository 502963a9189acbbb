package io.erulb.routing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. Called on a thread of its own, may block. */
@FunctionalInterface
public interface Resolver {

    /**
     * All addresses of a name, in a stable order where the source has one; never empty.
     *
     * @throws UnknownHostException when the name has none, or nobody could be asked
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The JDK's resolver: what the machine is set up with. */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
