package io.erulb.rules.filter;

import io.erulb.rules.RequestView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The value of a request a split goes by. */
record SplitKey(Kind kind, String name) {
    enum Kind {
        CLIENT,
        HEADER,
        COOKIE,
        QUERY
    }

    /** Reads {@code client}, {@code header:NAME}, {@code cookie:NAME} or {@code query:NAME}; null for anything else. */
    static @Nullable SplitKey parse(String text) {
        if (text.equals("client")) {
            return new SplitKey(Kind.CLIENT, "");
        }
        int colon = text.indexOf(':');
        String name = text.substring(colon + 1);
        if (colon < 0 || name.isEmpty()) {
            return null;
        }
        return switch (text.substring(0, colon)) {
            case "header" -> HttpToken.isToken(name) ? new SplitKey(Kind.HEADER, name) : null;
            case "cookie" -> HttpToken.isToken(name) ? new SplitKey(Kind.COOKIE, name) : null;
            case "query" -> new SplitKey(Kind.QUERY, name);
            default -> null;
        };
    }

    @Nullable
    String value(RequestView request) {
        return switch (kind) {
            case CLIENT -> request.client().getHostAddress();
            case HEADER -> request.header(name);
            case COOKIE -> request.cookie(name);
            case QUERY -> request.queryParameter(name);
        };
    }

    @Override
    public String toString() {
        return kind == Kind.CLIENT ? "client" : kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}
