package io.erulb.rules;

import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Terminal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule that ends the walk. */
final class TerminalNode extends Node {
    private final NodeGuard guard;
    private final Terminal terminal;
    private final boolean usesCaptures;
    private final RuleTally tally;

    TerminalNode(NodeGuard guard, Terminal terminal, RuleTally tally) {
        this.guard = guard;
        this.terminal = terminal;
        this.usesCaptures = terminal.usesCaptures();
        this.tally = tally;
    }

    NodeGuard guard() {
        return guard;
    }

    RuleTally tally() {
        return tally;
    }

    boolean usesCaptures() {
        return usesCaptures;
    }

    Set<String> upstreams() {
        return terminal.upstreams();
    }

    Terminal terminal() {
        return terminal;
    }

    Set<String> captureNames() {
        return terminal.captureNames();
    }

    /** The terminal's decision; null when it threw. */
    @Nullable
    Decision decide(RequestView request, Captures captures) {
        try {
            Decision decision = terminal.decide(request, captures);
            if (decision == null) {
                guard.failed(new NullPointerException("the terminal returned no decision"));
            }
            return decision;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            guard.failed(e);
            return null;
        }
    }
}
