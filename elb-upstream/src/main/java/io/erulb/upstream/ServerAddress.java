package io.erulb.upstream;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A server's address taken apart.
 *
 * @param host an IP literal without brackets, or a name
 * @param port 1 to 65535
 */
record ServerAddress(String host, int port) {
    static final int MAX_PORT = 65_535;

    private static final int DEFAULT_PORT = 80;
    private static final int MAX_NAME = 253;

    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    /** RFC 1123 names, and the underscore that container networks put into theirs. */
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?");

    private static final String FORMS = "ip, ip:port, host, host:port, [v6] or [v6]:port";

    /** Takes {@code address} apart; what is wrong joins {@code faults}, and then the answer means nothing. */
    static ServerAddress parse(String address, List<ServerFault> faults) {
        int hostEnd = address.startsWith("[") ? address.indexOf(']') + 1 : plainHostEnd(address);
        String rest = address.substring(hostEnd);
        if (hostEnd == 0 || !(rest.isEmpty() || rest.lastIndexOf(':') == 0)) {
            faults.add(new ServerFault(address, "address", address, FORMS));
            return new ServerAddress(address, DEFAULT_PORT);
        }
        String host = address.substring(0, hostEnd);
        return new ServerAddress(host(address, host, faults), port(address, rest, faults));
    }

    private static int plainHostEnd(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? address.length() : colon;
    }

    private static String host(String address, String host, List<ServerFault> faults) {
        if (host.startsWith("[")) {
            String literal = host.substring(1, host.length() - 1);
            if (IpLiteral.v6(literal) == null) {
                faults.add(new ServerFault(address, "host", host, "an IPv6 address in the brackets"));
            }
            return literal;
        }
        if (IpLiteral.meansV4(host)) {
            if (IpLiteral.v4(host) == null) {
                faults.add(new ServerFault(address, "host", host, "four numbers from 0 to 255, without leading zeros"));
            }
        } else if (host.length() > MAX_NAME || !NAME.matcher(host).matches()) {
            faults.add(
                    new ServerFault(address, "host", host, "an IP address or a name of letters, digits and hyphens"));
        }
        return host;
    }

    private static int port(String address, String rest, List<ServerFault> faults) {
        return rest.isEmpty()
                ? DEFAULT_PORT
                : new Whole(1, MAX_PORT).read(new ServerFault(address, "port", rest.substring(1), ""), faults);
    }
}
