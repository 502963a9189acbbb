package io.erulb.rules.analysis;

import io.erulb.rules.RequestValue;
import io.erulb.rules.spi.Condition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a condition is about. Conditions about different subjects hold or not whatever the others do.
 *
 * @param kind what it is
 * @param name of the header (in lower case), cookie or query parameter, or of the clock's zone; else empty
 * @param rewrites how often the path was rewritten before; 0 for other subjects
 */
record Subject(Kind kind, String name, int rewrites) {
    enum Kind {
        METHOD,
        CLIENT,
        CLOCK,
        HOST,
        PATH,
        HEADER,
        COOKIE,
        QUERY
    }

    /**
     * The subject of a condition; null when it is about none, such as a random draw.
     *
     * @param rewrites how often the path was rewritten before the condition
     */
    static @Nullable Subject of(Condition condition, int rewrites) {
        if (condition instanceof Condition.Rewriting rewriting) {
            return of(rewriting.condition(), rewrites);
        }
        if (condition instanceof Condition.Method) {
            return new Subject(Kind.METHOD, "", 0);
        }
        if (condition instanceof Condition.Client) {
            return new Subject(Kind.CLIENT, "", 0);
        }
        if (condition instanceof Condition.Clock clock) {
            return new Subject(Kind.CLOCK, clock.zone().getId(), 0);
        }
        if (condition instanceof Condition.Share share && share.on() != null) {
            return of(share.on(), rewrites);
        }
        return condition instanceof Condition.Text text ? of(text.value(), rewrites) : null;
    }

    private static @Nullable Subject of(RequestValue value, int rewrites) {
        return switch (value.kind()) {
            case CLIENT -> new Subject(Kind.CLIENT, "", 0);
            case HOST -> new Subject(Kind.HOST, "", 0);
            case PATH -> new Subject(Kind.PATH, "", rewrites);
            case COOKIE -> new Subject(Kind.COOKIE, value.name(), 0);
            case QUERY -> new Subject(Kind.QUERY, value.name(), 0);
            case HEADER -> {
                String name = value.name().toLowerCase(Locale.ROOT);
                // Of cookies one by one more can be said than of the header that has them all.
                yield name.equals("cookie") ? null : new Subject(Kind.HEADER, name, 0);
            }
        };
    }

    /** Whether requests may be without it. */
    boolean optional() {
        return kind == Kind.HEADER || kind == Kind.COOKIE || kind == Kind.QUERY;
    }

    /** In words. */
    @Override
    public String toString() {
        return switch (kind) {
            case METHOD -> "method";
            case CLIENT -> "client address";
            case CLOCK -> "time in " + name;
            case HOST -> "host";
            case PATH -> "path";
            case HEADER -> "header " + name;
            case COOKIE -> "cookie " + name;
            case QUERY -> "query parameter " + name;
        };
    }
}
