package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;

/** The grammar of a Host field's value and of a target's authority: {@code uri-host [":" port]} (RFC 9110 7.2). */
final class HostField {
    private static final int MAX_PORT = 65_535;

    private HostField() {}

    /** Whether the bytes are a host that is not empty, with or without a port, and no user. */
    static boolean isValid(byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        int end = bytes[from] == '[' ? literalEnd(bytes, from, to) : nameEnd(bytes, from, to);
        return end > from && isPort(bytes, end, to);
    }

    /** The offset behind a registered name or an IPv4 address, -1 when it is malformed. */
    private static int nameEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ':') {
            if (bytes[at] == '%') {
                if (to - at < 3 || Bytes.hex(bytes[at + 1]) < 0 || Bytes.hex(bytes[at + 2]) < 0) {
                    return -1;
                }
                at += 3;
            } else if (Bytes.isRegName(bytes[at])) {
                at++;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** Nothing, or a colon and up to five digits. An empty port is well-formed (RFC 3986 3.2.3). */
    private static boolean isPort(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        if (bytes[from] != ':' || to - from > 6) {
            return false;
        }
        int port = 0;
        for (int i = from + 1; i < to; i++) {
            if (!Bytes.isDigit(bytes[i])) {
                return false;
            }
            port = port * 10 + bytes[i] - '0';
        }
        return port <= MAX_PORT;
    }

    private static int literalEnd(byte[] bytes, int from, int to) {
        int close = from + 1;
        while (close < to && bytes[close] != ']') {
            close++;
        }
        return close < to && isIpv6(bytes, from + 1, close) ? close + 1 : -1;
    }

    /** Eight groups of up to four hexadecimal digits, one run of them may be "::", the last two may be an IPv4 address. */
    private static boolean isIpv6(byte[] bytes, int from, int to) {
        int groups = 0;
        boolean shortened = false;
        int at = from;
        if (to - from >= 2 && bytes[at] == ':' && bytes[at + 1] == ':') {
            shortened = true;
            at += 2;
        }
        while (at < to) {
            int end = groupEnd(bytes, at, to);
            if (end < to && bytes[end] == '.') {
                groups += isIpv4(bytes, at, to) ? 2 : 9;
                at = to;
            } else {
                groups++;
                if (end == at || end - at > 4) {
                    return false;
                }
                at = end;
                if (at < to && (bytes[at] != ':' || ++at == to)) {
                    return false;
                }
                if (at < to && bytes[at] == ':') {
                    if (shortened) {
                        return false;
                    }
                    shortened = true;
                    at++;
                }
            }
        }
        return shortened ? groups < 8 : groups == 8;
    }

    private static int groupEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Bytes.hex(bytes[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isIpv4(byte[] bytes, int from, int to) {
        int octets = 0;
        int at = from;
        while (at < to) {
            int value = 0;
            int start = at;
            while (at < to && at - start < 3 && Bytes.isDigit(bytes[at])) {
                value = value * 10 + bytes[at] - '0';
                at++;
            }
            if (at == start || value > 255 || (at < to && bytes[at] != '.')) {
                return false;
            }
            octets++;
            at++;
        }
        return octets == 4 && bytes[to - 1] != '.';
    }
}
