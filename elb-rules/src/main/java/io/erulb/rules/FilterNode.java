package io.erulb.rules;

import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** A rule with two edges. Its edges are set once, before the graph is published. */
final class FilterNode extends Node {
    private final NodeGuard guard;
    private final Filter filter;
    private final boolean capturing;
    private final boolean limit;
    private final RuleTally tally;
    private Node succ;
    private Node fail;

    FilterNode(NodeGuard guard, Filter filter, RuleTally tally) {
        this.guard = guard;
        this.filter = filter;
        this.capturing = filter.capturing();
        this.limit = filter instanceof Limit;
        this.tally = tally;
        this.succ = new DeadEnd(guard.rule(), "succ");
        this.fail = new DeadEnd(guard.rule(), "fail");
    }

    NodeGuard guard() {
        return guard;
    }

    Filter filter() {
        return filter;
    }

    RuleTally tally() {
        return tally;
    }

    void linkSucc(Node node) {
        succ = node;
    }

    void linkFail(Node node) {
        fail = node;
    }

    /** The limit that this rule is, or null. */
    @Nullable
    Limit limit() {
        return limit ? (Limit) filter : null;
    }

    /** The filter's verdict, for which a limit takes what passing costs only if told so; null when it threw. */
    @Nullable
    Verdict verdict(RequestView request, boolean taking) {
        try {
            Verdict verdict = taking && limit ? ((Limit) filter).take(request) : filter.test(request);
            if (verdict == null) {
                guard.failed(new NullPointerException("the filter returned no verdict"));
            }
            return verdict;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            guard.failed(e);
            return null;
        }
    }

    /** A judge's verdict in place of the filter's; null when the rule failed. */
    @Nullable
    Verdict verdict(RequestView request, Judge judge) {
        try {
            return judge.verdict(guard.rule(), filter, request);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            guard.failed(e);
            return null;
        }
    }

    Condition condition() {
        return filter.condition();
    }

    /** Whether there may be captures after this rule. */
    boolean captures() {
        return capturing;
    }

    Node succ() {
        return succ;
    }

    Node fail() {
        return fail;
    }

    Node next(Verdict verdict) {
        return verdict.matched() ? succ : fail;
    }

    /** Whether there may be captures after this verdict: a filter's of what matched, a limit's of what it refused. */
    boolean capturing(Verdict verdict) {
        return capturing && verdict.matched() != limit;
    }

    Evidence evidence(RequestView request) {
        try {
            return filter.evidence(request);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            guard.failed(e);
            return Evidence.none();
        }
    }
}
