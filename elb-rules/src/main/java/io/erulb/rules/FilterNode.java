package io.erulb.rules;

import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** A rule with two edges. Its edges are set once, before the graph is published. */
final class FilterNode extends Node {
    private final NodeGuard guard;
    private final Filter filter;
    private final boolean capturing;
    private Node succ;
    private Node fail;

    FilterNode(NodeGuard guard, Filter filter) {
        this.guard = guard;
        this.filter = filter;
        this.capturing = filter.capturing();
        this.succ = new DeadEnd(guard.rule(), "succ");
        this.fail = new DeadEnd(guard.rule(), "fail");
    }

    NodeGuard guard() {
        return guard;
    }

    void linkSucc(Node node) {
        succ = node;
    }

    void linkFail(Node node) {
        fail = node;
    }

    /** The filter's verdict; null when it threw. */
    @Nullable
    Verdict test(RequestView request) {
        try {
            Verdict verdict = filter.test(request);
            if (verdict == null) {
                guard.failed(new NullPointerException("the filter returned no verdict"));
            }
            return verdict;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            guard.failed(e);
            return null;
        }
    }

    Node next(Verdict verdict) {
        return verdict.matched() ? succ : fail;
    }

    /** Whether a match may leave captures behind. */
    boolean capturing() {
        return capturing;
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
