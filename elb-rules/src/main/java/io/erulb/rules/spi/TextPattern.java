package io.erulb.rules.spi;

import java.util.Set;

/**
 * A compiled pattern, from {@link FilterArgs#pattern}: found anywhere in a text unless it anchors itself.
 *
 * <p>Matches in time linear in the text, or within a fixed budget of steps where the rule asked for backtracking. Immutable,
 * safe for use by many threads.
 */
public interface TextPattern {
    /** The pattern as written. */
    String text();

    /** Whether it has capturing groups. */
    boolean capturing();

    /** Its groups: "1" and on, and the names of those that have one. */
    Set<String> groups();

    /** {@link Verdict#MATCH}, {@link Verdict#MISS}, or {@link Verdict#GAVE_UP} when the budget ran out. */
    Verdict test(String input);

    /** The groups of the first match; {@link Captures#none} when it does not match. */
    Captures captures(String input);
}
