package io.erulb.rules;

import org.jspecify.annotations.Nullable;

/**
 * The plain text a pattern starts with. {@code ^\/blog\/(\S+)$} starts with "/blog/" at the start, {@code httpie(\S+)$}
 * with "httpie" anywhere. A text without it can't match, which costs far less to see.
 *
 * @param text what must be there, ASCII, not empty
 * @param ignoreCase whether letters match in either case
 * @param atStart whether the pattern begins with {@code ^}
 * @param atEnd whether nothing but {@code $} follows
 * @param whole whether the pattern says no more than this
 */
record Literal(String text, boolean ignoreCase, boolean atStart, boolean atEnd, boolean whole) {
    private static final String META = "\\^$.|?*+()[]{}";
    private static final String QUANTIFIERS = "?*+{";

    /** What a pattern starts with; null when it starts with anything but plain text, or has alternatives. */
    static @Nullable Literal leading(String pattern, boolean ignoreCase) {
        if (pattern.indexOf('|') >= 0) {
            return null;
        }
        boolean atStart = pattern.startsWith("^");
        StringBuilder text = new StringBuilder();
        int at = atStart ? 1 : 0;
        int last = at;
        while (at < pattern.length()) {
            int length = unitLength(pattern, at);
            if (length == 0) {
                break;
            }
            last = at;
            at += length;
            text.append(pattern.charAt(at - 1));
        }
        if (at < pattern.length() && QUANTIFIERS.indexOf(pattern.charAt(at)) >= 0) {
            text.setLength(Math.max(0, text.length() - 1));
            at = last;
        }
        boolean atEnd = pattern.substring(at).equals("$");
        boolean whole = atEnd || at == pattern.length();
        return text.isEmpty() ? null : new Literal(text.toString(), ignoreCase, atStart, atEnd, whole);
    }

    /** How many chars stand for one plain character here: 1, 2 when escaped, 0 when it is not plain. */
    private static int unitLength(String pattern, int at) {
        char c = pattern.charAt(at);
        if (c == '\\' && at + 1 < pattern.length()) {
            return isEscapable(pattern.charAt(at + 1)) ? 2 : 0;
        }
        return c >= ' ' && c < 0x7f && META.indexOf(c) < 0 ? 1 : 0;
    }

    private static boolean isEscapable(char c) {
        return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
    }

    /** Whether the input has the text where the pattern wants it. */
    boolean in(String input) {
        if (atStart) {
            return (!atEnd || input.length() == text.length()) && at(input, 0);
        }
        if (atEnd) {
            return at(input, input.length() - text.length());
        }
        return ignoreCase ? anywhere(input) : input.contains(text);
    }

    private boolean at(String input, int offset) {
        return input.regionMatches(ignoreCase, offset, text, 0, text.length())
                && !(ignoreCase && hasOtherI(input, offset));
    }

    /** Turkish letters, which regionMatches takes for an i and RE2 does not. */
    private boolean hasOtherI(String input, int offset) {
        for (int i = offset; i < offset + text.length(); i++) {
            char c = input.charAt(i);
            if (c == '\u0130' || c == '\u0131') {
                return true;
            }
        }
        return false;
    }

    private boolean anywhere(String input) {
        char lower = Character.toLowerCase(text.charAt(0));
        char upper = Character.toUpperCase(lower);
        for (int i = 0; i <= input.length() - text.length(); i++) {
            char c = input.charAt(i);
            // Beyond ASCII stand two more ways to write k and s, which regionMatches knows.
            if ((c == lower || c == upper || c > 0x7f) && at(input, i)) {
                return true;
            }
        }
        return false;
    }
}
