package io.erulb.rules;

import org.jspecify.annotations.Nullable;

/** Reads single parameters out of a raw query: pairs between ampersands, {@code +} as a space, percent escapes. */
final class QueryString {
    private QueryString() {}

    static @Nullable String first(String query, String name) {
        int at = 0;
        while (at < query.length()) {
            int ampersand = query.indexOf('&', at);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', at);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (isNamed(query, at, nameEnd, name)) {
                return nameEnd == end ? "" : decode(query.substring(nameEnd + 1, end));
            }
            at = end + 1;
        }
        return null;
    }

    private static boolean isNamed(String query, int start, int end, String name) {
        if (end - start == name.length() && query.startsWith(name, start)) {
            return true;
        }
        // Only an escaped name is longer than what it stands for.
        return end - start >= name.length()
                && decode(query.substring(start, end)).equals(name);
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        return PercentCoding.decodeLeniently(text.replace('+', ' '));
    }
}
