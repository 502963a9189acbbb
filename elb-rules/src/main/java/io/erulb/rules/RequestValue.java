package io.erulb.rules;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that requests have, as configuration names it: what a split, a limit or a hash goes by. Immutable.
 *
 * @param kind where it stands
 * @param name of the header, cookie or query parameter; empty for the other kinds
 */
public record RequestValue(Kind kind, String name) {
    /** What {@link #parse} takes, in words. */
    public static final String EXPECTED = "client, host, path, header:NAME, cookie:NAME or query:NAME";

    /** RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Where a value stands. */
    public enum Kind {
        /** The client's address. */
        CLIENT,
        /** The host asked for. */
        HOST,
        /** The path in normal form. */
        PATH,
        /** The first value of a header. */
        HEADER,
        /** The first cookie of a name. */
        COOKIE,
        /** The first query parameter of a name. */
        QUERY;

        private boolean isNamed() {
            return this == HEADER || this == COOKIE || this == QUERY;
        }

        private boolean accepts(String name) {
            return this == QUERY ? !name.isEmpty() : TOKEN.matcher(name).matches();
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads {@code client}, {@code header:NAME} and so on; null for anything else. */
    public static @Nullable RequestValue parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word) && kind.isNamed() == colon >= 0) {
                String name = colon < 0 ? "" : text.substring(colon + 1);
                return colon < 0 || kind.accepts(name) ? new RequestValue(kind, name) : null;
            }
        }
        return null;
    }

    /** The value of a request; null when it has none. */
    public @Nullable String of(RequestView request) {
        return switch (kind) {
            case CLIENT -> address(request);
            case HOST -> request.host();
            case PATH -> request.path();
            case HEADER -> request.header(name);
            case COOKIE -> request.cookie(name);
            case QUERY -> request.queryParameter(name);
        };
    }

    /** Without the zone of a link-local address, which is this host's own name for it (RFC 4007 section 11). */
    private static String address(RequestView request) {
        String address = request.client().getHostAddress();
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return kind.isNamed() ? kind.word() + ":" + name : kind.word();
    }
}
