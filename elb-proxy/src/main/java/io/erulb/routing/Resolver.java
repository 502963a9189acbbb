package io.erulb.routing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. Called on background threads, four at most at a time; may block. */
@FunctionalInterface
public interface Resolver {

    /**
     * All addresses of a name, and how long they hold where that is known.
     *
     * @throws UnknownHostException when the name has none, or nobody could be asked
     */
    Resolved resolve(String host) throws UnknownHostException;

    /**
     * The JDK's resolver: what the machine is set up with. It tells no TTL, and the JDK may give the same answer for 30 s
     * (the security property {@code networkaddress.cache.ttl}).
     */
    static Resolver system() {
        return host -> Resolved.of(List.of(InetAddress.getAllByName(host)));
    }
}
