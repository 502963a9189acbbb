package io.erulb.routing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names domains are configured under, and what a Host field is compared with. */
final class DomainName {
    /** The domain that takes what no other takes. */
    static final String DEFAULT = "*";

    private static final int MAX_LENGTH = 255 + ":65535".length();

    private DomainName() {}

    /** What is wrong with a configured name, or null. */
    static @Nullable String faultOf(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return "the name of a domain has 1 to " + MAX_LENGTH + " characters";
        }
        if (name.chars().anyMatch(c -> c <= ' ' || c == '/' || c == 0x7f)) {
            return "the name of a domain has no blanks, slashes or control characters";
        }
        int star = name.lastIndexOf('*');
        if (star > 0 || (star == 0 && !name.equals(DEFAULT) && !name.startsWith("*."))) {
            return "a wildcard is * alone (every other domain) or stands first: *.example.com";
        }
        return null;
    }

    /** Lower case, with the port kept and without a trailing dot before it. */
    static String folded(String name) {
        String lower = isLowerCase(name) ? name : name.toLowerCase(Locale.ROOT);
        int end = hostEnd(lower);
        return end > 0 && lower.charAt(end - 1) == '.' ? lower.substring(0, end - 1) + lower.substring(end) : lower;
    }

    /** A folded name without its port; the same object when there is none. */
    static String withoutPort(String folded) {
        return folded.substring(0, hostEnd(folded));
    }

    private static int hostEnd(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf(']') ? colon : name.length();
    }

    private static boolean isLowerCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && (c <= 'Z' || c > 0x7f)) {
                return false;
            }
        }
        return true;
    }
}
