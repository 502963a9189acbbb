package io.erulb.rules;

import io.erulb.rules.Explanation.Step;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a walk of which only the path is known. Names of rules may have blanks and signs in them: which name comes next
 * is known from the graph, so that a path is read in one way only. For one path.
 */
final class Replay {
    /** What rules are asked for what they expect, where there is no request. */
    private static final RequestView NO_REQUEST = RequestFacts.get("http://localhost/");

    /** Stands for any that a terminal may have come to. */
    private static final Decision NO_DECISION = new Decision.Reject(403, "");

    private final String path;
    private final @Nullable RequestView request;
    private final Trace trace = new Trace();
    private RequestView view;
    private int at;

    private Replay(String path, @Nullable RequestView request) {
        this.path = path;
        this.request = request;
        this.view = request == null ? NO_REQUEST : request;
    }

    static List<Step> of(Node start, String path, @Nullable RequestView request) {
        Replay replay = new Replay(path, request);
        replay.walk(start);
        List<Step> steps = replay.trace.steps();
        return request == null ? steps.stream().map(Replay::bare).toList() : List.copyOf(steps);
    }

    /** Without what belongs to no request. */
    private static Step bare(Step step) {
        return new Step(
                step.rule(),
                step.type(),
                null,
                step.expected(),
                Map.of(),
                step.outcome(),
                step.edge(),
                step.next(),
                null);
    }

    private void walk(Node start) {
        Node node = start;
        while (node != null && !(node instanceof DeadEnd)) {
            String blank = at == 0 ? "" : " ";
            String rule = RuleGraph.guardOf(node).rule();
            if (!path.startsWith(blank + rule, at)) {
                throw misfit(blank + rule);
            }
            at += blank.length() + rule.length();
            node = node instanceof FilterNode filter ? past(filter) : end((TerminalNode) node);
        }
        if (at < path.length()) {
            throw misfit("its end");
        }
    }

    /** Where an edge leads; null where the filter failed. */
    private @Nullable Node past(FilterNode filter) {
        char sign = at < path.length() ? path.charAt(at) : ' ';
        at++;
        return switch (sign) {
            case '+' -> along(filter, Verdict.of(true));
            case '-' -> along(filter, Verdict.of(false));
            case '!' -> {
                trace.filter(filter, view, null);
                yield null;
            }
            default -> {
                at--;
                throw misfit("+, - or ! behind " + filter.guard().rule());
            }
        };
    }

    private Node along(FilterNode filter, Verdict logged) {
        Verdict now = request == null ? logged : filter.verdict(view, false);
        Verdict verdict = now == null || now.matched() != logged.matched() ? logged : now;
        trace.filter(filter, view, verdict);
        String rewritten = verdict.path();
        if (rewritten != null && request != null) {
            view = new RewrittenView(request, UriPath.rooted(rewritten));
        }
        return filter.next(verdict);
    }

    private @Nullable Node end(TerminalNode terminal) {
        boolean failed = path.startsWith("!", at);
        at += failed ? 1 : 0;
        trace.terminal(terminal, failed ? null : NO_DECISION);
        return null;
    }

    private IllegalArgumentException misfit(String expected) {
        int from = expected.startsWith(" ") && path.startsWith(" ", at) ? at + 1 : at;
        String rest = from < path.length() ? "\"" + path.substring(from) + "\"" : "nothing";
        return new IllegalArgumentException(
                "path: \"" + path + "\": " + rest + " at " + from + " (expected: " + expected.strip() + ")");
    }
}
