package io.erulb.rules;

import org.jspecify.annotations.Nullable;

/** Verdicts that are given rather than found, for what is no matter of the request alone: the hour, a draw, a limit. */
@FunctionalInterface
public interface AssumedVerdicts {
    /** Whether the rule's filter is taken to match; null where it is to be asked. */
    @Nullable
    Boolean of(String rule);
}
