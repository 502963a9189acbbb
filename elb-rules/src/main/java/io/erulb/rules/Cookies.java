package io.erulb.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single cookies out of Cookie header values without taking them all apart. */
final class Cookies {
    private Cookies() {}

    static @Nullable String first(List<String> headers, String name) {
        for (int i = 0; i < headers.size(); i++) {
            String found = inHeader(headers.get(i), name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String inHeader(String header, String name) {
        int at = 0;
        while (at < header.length()) {
            int semicolon = header.indexOf(';', at);
            int end = semicolon < 0 ? header.length() : semicolon;
            int start = skipBlanks(header, at, end);
            int equals = start + name.length();
            if (equals < end && header.charAt(equals) == '=' && header.startsWith(name, start)) {
                return header.substring(equals + 1, end).strip();
            }
            at = end + 1;
        }
        return null;
    }

    private static int skipBlanks(String header, int from, int end) {
        int at = from;
        while (at < end && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
