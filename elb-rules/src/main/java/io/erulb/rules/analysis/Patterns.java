package io.erulb.rules.analysis;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.erulb.rules.GraphRule;
import io.erulb.rules.analysis.Finding.Kind;
import io.erulb.rules.spi.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to say of a rule's pattern by itself. */
final class Patterns {
    private Patterns() {}

    static List<Finding> of(GraphRule rule) {
        Condition.Texts.Found pattern = pattern(rule.condition());
        if (pattern == null || !pattern.backtracking()) {
            return List.of();
        }
        String message =
                "the pattern is matched by trial and error within a budget of steps; a request that spends it takes"
                        + " fail though it may match"
                        + (isLinear(pattern.pattern().text())
                                ? "; RE2 reads it as well, so \"backtracking\" may be left out"
                                : "");
        return List.of(new Finding(Kind.BACKTRACKING, rule.name(), null, message, null));
    }

    private static Condition.Texts.@Nullable Found pattern(@Nullable Condition condition) {
        if (condition instanceof Condition.Rewriting rewriting) {
            return pattern(rewriting.condition());
        }
        return condition instanceof Condition.Text text && text.texts() instanceof Condition.Texts.Found found
                ? found
                : null;
    }

    private static boolean isLinear(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
