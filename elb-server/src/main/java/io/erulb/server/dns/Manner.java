package io.erulb.server.dns;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Type;

/**
 * How DNS servers are asked. Immutable.
 *
 * @param types the types of record that have addresses which we can connect to
 * @param patience how long each server is waited for, each of two times
 */
record Manner(List<Integer> types, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(2);

    /** IPv6 only where the machine has it, as the JDK's resolver does. */
    static Manner usual() {
        return new Manner(hasIpv6() ? List.of(Type.A, Type.AAAA) : List.of(Type.A), USUAL);
    }

    private static boolean hasIpv6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(Inet6Address.class::isInstance);
        } catch (SocketException unknown) {
            return true;
        }
    }
}
