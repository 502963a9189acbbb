package io.erulb.rules.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a filter compared with what. Immutable.
 *
 * @param seen the request's value, null when it has none
 * @param expected what it was compared with, for people
 * @param captures the groups of the match, empty when there are none
 */
public record Evidence(@Nullable String seen, String expected, Captures captures) {
    private static final Evidence NONE = new Evidence(null, "", Captures.none());

    /** For a filter that has nothing to tell. */
    public static Evidence none() {
        return NONE;
    }

    /** Evidence without captures. */
    public static Evidence of(@Nullable String seen, String expected) {
        return new Evidence(seen, expected, Captures.none());
    }
}
