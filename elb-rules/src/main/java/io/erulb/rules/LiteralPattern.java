package io.erulb.rules;

import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that is no more than plain text, anchored or not.
 *
 * @param literal the text; null: never matches
 */
record LiteralPattern(String text, @Nullable Literal literal) implements TextPattern {
    @Override
    public boolean capturing() {
        return false;
    }

    @Override
    public Set<String> groups() {
        return Set.of();
    }

    @Override
    public Verdict test(String input) {
        return Verdict.of(literal != null && literal.in(input));
    }

    @Override
    public Captures captures(String input) {
        return Captures.none();
    }
}
