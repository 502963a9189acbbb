package io.erulb.proxy.http1;

/** Classes of bytes in HTTP/1.1 messages (RFC 9110 5.5, 5.6.2; RFC 9112 5). */
final class Grammar {
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] VALUE = new boolean[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[c - 'a' + 'A'] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
        VALUE['\t'] = true;
        for (int c = ' '; c < 256; c++) {
            VALUE[c] = c != 0x7f;
        }
    }

    private Grammar() {}

    /** tchar. */
    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    /** field-vchar, SP or HTAB. */
    static boolean isValue(byte b) {
        return VALUE[b & 0xff];
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The value of a hexadecimal digit, -1 for anything else. */
    static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** Whether bytes equal a lower-case ASCII word, ignoring case. */
    static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int b = bytes[i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
