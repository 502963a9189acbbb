package io.erulb.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern matched by re2j, in time linear in the input.
 *
 * @param text as written
 * @param literal what an input must have to be worth trying; null: nothing known
 */
record LinearPattern(Pattern pattern, String text, @Nullable Literal literal) implements TextPattern {
    @Override
    public boolean capturing() {
        return pattern.groupCount() > 0;
    }

    @Override
    public Verdict test(String input) {
        return Verdict.of(isPossible(input) && pattern.matcher(input).find());
    }

    @Override
    public Captures captures(String input) {
        Matcher matcher = pattern.matcher(input);
        if (!isPossible(input) || !matcher.find()) {
            return Captures.none();
        }
        List<@Nullable String> groups = new ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return Captures.of(groups, pattern.namedGroups());
    }

    private boolean isPossible(String input) {
        return literal == null || literal.in(input);
    }
}
