package io.erulb.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads IP literals strictly and without ever asking a resolver. */
final class IpLiteral {
    private static final Pattern V4_PART = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern V6_TEXT = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+\\.?", Pattern.DOTALL);

    private IpLiteral() {}

    /** The address a host means, or null when the host is a name. */
    static @Nullable InetAddress parse(String host) {
        return host.indexOf(':') < 0 ? v4(host) : v6(host);
    }

    /** Whether a host can only be meant as an IPv4 address: no top-level domain is a number. */
    static boolean meansV4(String host) {
        return ENDS_IN_NUMBER.matcher(host).matches();
    }

    /** Four decimal numbers; null for {@code 127.1}, {@code 010.0.0.1} and the like, which resolvers read each their way. */
    static @Nullable InetAddress v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!V4_PART.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address(bytes);
    }

    /** RFC 4291 text without a zone, or null. */
    static @Nullable InetAddress v6(String text) {
        if (text.indexOf(':') < 0 || !V6_TEXT.matcher(text).matches()) {
            return null;
        }
        try {
            // In brackets the JDK takes a literal or throws; it never resolves.
            return InetAddress.getByName("[" + text + "]");
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
