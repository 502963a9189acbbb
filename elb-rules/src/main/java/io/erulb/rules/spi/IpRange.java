package io.erulb.rules.spi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of IP addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3). Immutable.
 *
 * @param address any address of the block
 * @param prefix how many leading bits its addresses share: 0 to 32 for v4, 0 to 128 for v6
 */
public record IpRange(InetAddress address, int prefix) {
    private static final String EXPECTED = " (expected: an IP address or a block such as 10.0.0.0/8 or 2001:db8::/32)";

    /** Checks the prefix against the address. */
    public IpRange {
        if (prefix < 0 || prefix > bits(address)) {
            throw new IllegalArgumentException(
                    "/" + prefix + " (expected: /0 to /" + bits(address) + " for " + address.getHostAddress() + ")");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a lone address. No name is ever looked up.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new IpRange(address, bits(address));
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(text + EXPECTED);
        }
        return new IpRange(address, Integer.parseInt(prefix));
    }

    /**
     * An IP address from its text. No name is ever looked up.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static InetAddress literal(String text) {
        try {
            if (text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                return InetAddress.getByName("[" + text + "]");
            }
            if (text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
                return InetAddress.getByAddress(octets(text));
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + EXPECTED, e);
        }
        throw new IllegalArgumentException(text + EXPECTED);
    }

    private static byte[] octets(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] octets = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int octet = Integer.parseInt(parts[i]);
            if (octet > 255) {
                throw new IllegalArgumentException(text + EXPECTED);
            }
            octets[i] = (byte) octet;
        }
        return octets;
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? 32 : 128;
    }

    /** The block as written in CIDR notation. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
