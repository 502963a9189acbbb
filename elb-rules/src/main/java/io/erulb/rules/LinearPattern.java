package io.erulb.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.erulb.rules.BitMatcher.Answer;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A pattern matched in time linear in the input: by re2j, or where it is simple enough and captures are not asked for, by
 * something faster that gives the same answer.
 *
 * @param text as written
 * @param literal what an input must have to be worth trying; null: nothing known
 * @param fast the faster matcher; null: none for this pattern
 */
record LinearPattern(
        Pattern pattern,
        String text,
        @Nullable Literal literal,
        @Nullable BitMatcher fast) implements TextPattern {
    static LinearPattern of(Pattern pattern, boolean ignoreCase, @Nullable Literal literal) {
        String text = pattern.pattern();
        return new LinearPattern(pattern, text, literal, SequenceParser.parse(text, ignoreCase));
    }

    @Override
    public boolean capturing() {
        return pattern.groupCount() > 0;
    }

    @Override
    public Set<String> groups() {
        Set<String> groups = new TreeSet<>(pattern.namedGroups().keySet());
        for (int i = 1; i <= pattern.groupCount(); i++) {
            groups.add(Integer.toString(i));
        }
        return groups;
    }

    @Override
    public Verdict test(String input) {
        if (!isPossible(input)) {
            return Verdict.MISS;
        }
        Answer answer = fast == null ? Answer.UNKNOWN : fast.find(input);
        return answer == Answer.UNKNOWN ? Verdict.of(pattern.matcher(input).find()) : Verdict.of(answer == Answer.YES);
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
