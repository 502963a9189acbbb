package io.erulb.server;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port as they stand in a setting. Immutable.
 *
 * @param host a name or an IP literal without brackets
 * @param port from 0 to 65535; 0 lets the system choose where we listen
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code host:port} or {@code [v6]:port}.
     *
     * @return null when the text is neither
     */
    static @Nullable HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        String host = unbracketed(text.substring(0, colon));
        int port = port(text.substring(colon + 1));
        return host.isEmpty() || port < 0 ? null : new HostPort(host, port);
    }

    /** A resolved address by its number. */
    static HostPort of(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }

    /** Whether the host is an address, which needs no looking up. */
    boolean isLiteral() {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    /** The address, looked up anew; unresolved when the name is unknown. May block on the name service. */
    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    /** As it is written: an IPv6 literal stands in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static String unbracketed(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean plain = bare.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-._%".indexOf(c) >= 0);
        boolean v6 = bracketed && bare.chars().allMatch(c -> Character.isLetterOrDigit(c) || ":.%".indexOf(c) >= 0);
        return plain || v6 ? bare : "";
    }

    private static int port(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : -1;
        return port <= MAX_PORT ? port : -1;
    }
}
