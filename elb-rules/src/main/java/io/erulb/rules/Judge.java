package io.erulb.rules;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** Gives the verdicts of a walk in place of the filters, such as those of a walk that was. For one walk at a time. */
public interface Judge {
    /**
     * What becomes of a request at a rule.
     *
     * @param rule the rule's name
     * @param filter which may be asked, or not; a limit asked by {@link Filter#test} takes nothing
     * @param request as the rule sees it, rewritten path included
     * @return null when the rule fails, which ends the walk
     */
    @Nullable
    Verdict verdict(String rule, Filter filter, RequestView request);

    /**
     * The walk comes to its end, where the terminal decides next. Not called for a walk that ends without a terminal.
     *
     * @param rule the terminal's name
     * @param request as the terminal sees it
     */
    default void end(String rule, Terminal terminal, RequestView request) {}
}
