package io.erulb.server.accesslog;

import java.nio.charset.StandardCharsets;

/** Writes text of clients so that it can end no string and no line. What comes out is ASCII. */
final class Escapes {
    /** How much of a value is written. */
    static final int LONGEST = 4096;

    static final String CUT = "...";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Escapes() {}

    /** As a JSON string, whole. */
    static void json(StringBuilder out, String text) {
        out.append('"');
        json(out, text, text.length());
        out.append('"');
    }

    /** As a JSON string; returns whether it had to be cut. */
    static boolean jsonCut(StringBuilder out, String text) {
        boolean cut = text.length() > LONGEST;
        out.append('"');
        json(out, text, cut ? LONGEST : text.length());
        out.append(cut ? CUT : "").append('"');
        return cut;
    }

    private static void json(StringBuilder out, String text, int length) {
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 0xf]);
                out.append(HEX[c >> 4 & 0xf]).append(HEX[c & 0xf]);
            }
        }
    }

    /** As nginx does: what is not visible, quotes and backslashes as {@code \xXX}; bytes of clients stand for themselves. */
    static void plain(StringBuilder out, String text) {
        boolean cut = text.length() > LONGEST;
        int length = cut ? LONGEST : text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append("\\x").append(HEX[c >> 4 & 0xf]).append(HEX[c & 0xf]);
            }
        }
        out.append(cut ? CUT : "");
    }

    /** The bytes of a text of ours, such as the name of a rule, as a client would have sent them. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
