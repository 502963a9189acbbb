package io.erulb.rules.analysis;

import io.erulb.rules.StableHash;
import io.erulb.rules.spi.Condition;
import org.jspecify.annotations.Nullable;

/**
 * How a rule's filter came out on the way looked at.
 *
 * @param rule the rule's name
 * @param condition what it asks
 * @param matched whether it holds
 */
record Assumption(String rule, Condition condition, boolean matched) {
    /** The condition about the subject itself. */
    Condition bare() {
        return condition instanceof Condition.Rewriting rewriting ? rewriting.condition() : condition;
    }

    /** Whether a single text fits; null: there is none. Of a header the first line, unless any will do. */
    boolean fits(@Nullable String text) {
        Condition bare = bare();
        boolean holds = text != null
                && (bare instanceof Condition.Share share
                        ? StableHash.fraction(share.salt(), text) < share.share()
                        : Languages.contains(((Condition.Text) bare).texts(), text));
        return holds == matched;
    }

    /** Whether its pattern is matched within a budget, so that it may miss what it matches elsewhere. */
    boolean isBounded() {
        return bare() instanceof Condition.Text text
                && text.texts() instanceof Condition.Texts.Found found
                && found.backtracking();
    }

    /** What a look at a text costs, in units of {@link Work}. */
    int cost() {
        return bare() instanceof Condition.Text text && text.texts() instanceof Condition.Texts.Equal equal
                ? equal.texts().size()
                : 1;
    }

    /** Rules of one graph have one condition each. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Assumption that && matched == that.matched && rule.equals(that.rule);
    }

    @Override
    public int hashCode() {
        return rule.hashCode() * 2 + (matched ? 1 : 0);
    }
}
