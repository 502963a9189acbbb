package io.erulb.proxy.http1;

import java.nio.charset.StandardCharsets;

/** Classes of bytes in requests, by table (RFC 9110 5.5, 5.6.2; RFC 3986 2, 3.2.2), and comparisons of byte ranges. */
public final class Bytes {
    private static final int TOKEN = 1;
    private static final int VALUE = 2;
    private static final int TARGET = 4;
    private static final int REG_NAME = 8;

    private static final byte[] CLASSES = new byte[256];

    static {
        String alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        mark(alphanumeric, TOKEN | REG_NAME);
        mark("!#$%&'*+-.^_`|~", TOKEN);
        mark("-._~!$&'()*+,;=", REG_NAME);
        for (int c = 0x20; c < 0x100; c++) {
            if (c != 0x7f) {
                CLASSES[c] |= VALUE;
            }
        }
        CLASSES['\t'] |= VALUE;
        for (int c = 0x21; c < 0x100; c++) {
            if (c != 0x7f && c != '#' && c != '\\') {
                CLASSES[c] |= TARGET;
            }
        }
    }

    private Bytes() {}

    private static void mark(String characters, int classes) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] |= (byte) classes;
        }
    }

    /** tchar. */
    public static boolean isToken(byte b) {
        return (CLASSES[b & 0xff] & TOKEN) != 0;
    }

    /** field-vchar, SP or HTAB. */
    public static boolean isValue(byte b) {
        return (CLASSES[b & 0xff] & VALUE) != 0;
    }

    /**
     * What a target may consist of: every visible ASCII character and byte above, as clients send many that RFC 3986 does
     * not allow, but no {@code #} and no backslash, which servers read in different ways.
     */
    public static boolean isTarget(byte b) {
        return (CLASSES[b & 0xff] & TARGET) != 0;
    }

    /** unreserved or sub-delims. */
    public static boolean isRegName(byte b) {
        return (CLASSES[b & 0xff] & REG_NAME) != 0;
    }

    /** SP or HTAB. */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** DIGIT. */
    public static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The value of a hexadecimal digit, -1 for anything else. */
    public static int hex(byte b) {
        if (isDigit(b)) {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** Whether the bytes from an offset equal a lower-case ASCII word, ignoring case, and end there. */
    public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lowerCase) {
        return to - from == lowerCase.length() && startsIgnoringCase(bytes, from, to, lowerCase);
    }

    /** Whether the bytes from an offset begin with a lower-case ASCII word, ignoring case. */
    public static boolean startsIgnoringCase(byte[] bytes, int from, int to, String lowerCase) {
        int length = lowerCase.length();
        if (to - from < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes from an offset to another as Latin-1. */
    public static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
