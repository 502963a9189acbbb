package io.erulb.rules;

import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Verdict;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes requests through a graph's rules, and follows the ways they took. Safe for use by many threads. */
final class Walker {
    private final Node start;
    private final LongAdder gaveUp = new LongAdder();

    Walker(Node start) {
        this.start = start;
    }

    /** How often a filter ran out of its step budget. */
    long gaveUp() {
        return gaveUp.sum();
    }

    /**
     * Walks from the first rule to a decision.
     *
     * @param trace writes down the steps, limits then take nothing; null when nobody asks for them
     * @param walk notes the edges; null when nobody asks for them
     * @param judge gives the verdicts; null when the filters do
     */
    Decision walk(RequestView request, @Nullable Trace trace, @Nullable Walk walk, @Nullable Judge judge) {
        RequestView view = request;
        FilterNode captured = null;
        RequestView capturedView = request;
        Node node = start;
        while (node instanceof FilterNode filter) {
            Verdict verdict = test(filter, view, trace, judge);
            if (verdict == null) {
                if (walk != null) {
                    walk.fail();
                }
                return filter.guard().failure();
            }
            if (walk != null) {
                walk.take(verdict.matched());
            }
            if (filter.capturing(verdict)) {
                captured = filter;
                capturedView = view;
            }
            String path = verdict.path();
            if (path != null) {
                view = new RewrittenView(request, UriPath.rooted(path));
            }
            node = filter.next(verdict);
        }
        if (node instanceof TerminalNode terminal) {
            if (judge != null) {
                judge.end(terminal.guard().rule(), terminal.terminal(), view);
            }
            Captures captures = terminal.usesCaptures() ? captures(captured, capturedView) : Captures.none();
            Decision decision = decide(terminal, view, captures, trace);
            if (decision == null && walk != null) {
                walk.fail();
            }
            return decision == null ? terminal.guard().failure() : decision;
        }
        return ((DeadEnd) node).decision();
    }

    private @Nullable Verdict test(FilterNode filter, RequestView view, @Nullable Trace trace, @Nullable Judge judge) {
        Verdict verdict = judge == null ? filter.verdict(view, trace == null) : filter.verdict(view, judge);
        if (verdict == Verdict.GAVE_UP && judge == null) {
            gaveUp.increment();
        }
        if (trace != null) {
            trace.filter(filter, view, verdict);
        }
        return verdict;
    }

    private static Captures captures(@Nullable FilterNode filter, RequestView view) {
        return filter == null ? Captures.none() : filter.evidence(view).captures();
    }

    private static @Nullable Decision decide(
            TerminalNode terminal, RequestView view, Captures captures, @Nullable Trace trace) {
        Decision decision = terminal.decide(view, captures);
        if (trace != null) {
            trace.terminal(terminal, decision);
        }
        boolean rewritten = view instanceof RewrittenView;
        return rewritten && decision instanceof Decision.Forward forward && forward.path() == null
                ? forward.withPath(view.path())
                : decision;
    }

    /** A way in short. */
    String path(Walk walk) {
        StringBuilder path = new StringBuilder();
        Node node = start;
        for (int i = 0; i < walk.edges() && node instanceof FilterNode filter; i++) {
            boolean succ = walk.succ(i);
            path.append(filter.guard().rule()).append(succ ? "+ " : "- ");
            node = succ ? filter.succ() : filter.fail();
        }
        if (!(node instanceof DeadEnd)) {
            return path.append(RuleGraph.guardOf(node).rule())
                    .append(walk.failed() ? "!" : "")
                    .toString();
        }
        return path.toString().stripTrailing();
    }

    /** Counts a request at every rule on its way. */
    void count(Walk walk, boolean error) {
        Node node = start;
        for (int i = 0; i < walk.edges() && node instanceof FilterNode filter; i++) {
            boolean succ = walk.succ(i);
            filter.tally().count(succ ? RuleTally.SUCC : RuleTally.FAIL, error);
            node = succ ? filter.succ() : filter.fail();
        }
        if (!(node instanceof DeadEnd)) {
            RuleGraph.tallyOf(node).count(walk.failed() ? RuleTally.FAILED : RuleTally.SUCC, error);
        }
    }
}
