package io.erulb.proxy;

import io.erulb.rules.spi.IpRange;
import io.undertow.util.HeaderValues;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Reads the entries of X-Forwarded-For from the last to the first, over all fields of the name. For one reading. */
final class ForwardedFor {
    /** More than the longest address with brackets and port has. */
    private static final int MAX_LENGTH = 64;

    private final HeaderValues fields;
    private int field;
    private String line = "";
    private int end = -1;

    ForwardedFor(HeaderValues fields) {
        this.fields = fields;
        this.field = fields.size();
    }

    /** The entry before the one read last, without blanks around it; null when there is none. */
    @Nullable
    String previous() {
        if (end < 0) {
            if (field == 0) {
                return null;
            }
            line = fields.get(--field);
            end = line.length();
        }
        int comma = line.lastIndexOf(',', end - 1);
        String entry = line.substring(comma + 1, end).trim();
        end = comma;
        return entry;
    }

    /** The address that an entry is, with or without a port; null when it is none. No name is looked up. */
    static @Nullable InetAddress address(String entry) {
        if (entry.isEmpty() || entry.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return IpRange.literal(withoutPort(entry));
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static String withoutPort(String entry) {
        int bracket = entry.lastIndexOf(']');
        int colon = entry.lastIndexOf(':');
        boolean v6 = entry.charAt(0) == '[';
        if (v6 && bracket > 0 && isPort(entry, bracket + 1)) {
            return entry.substring(1, bracket);
        }
        boolean v4WithPort = colon >= 0 && colon == entry.indexOf(':') && isPort(entry, colon);
        return v4WithPort ? entry.substring(0, colon) : entry;
    }

    /** Whether nothing, or a colon and at most five digits, follows. */
    private static boolean isPort(String entry, int from) {
        int length = entry.length() - from;
        if (length == 0) {
            return true;
        }
        boolean port = entry.charAt(from) == ':' && length > 1 && length <= 6;
        for (int i = from + 1; port && i < entry.length(); i++) {
            port = entry.charAt(i) >= '0' && entry.charAt(i) <= '9';
        }
        return port;
    }
}
