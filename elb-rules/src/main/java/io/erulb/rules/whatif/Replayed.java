package io.erulb.rules.whatif;

import io.erulb.rules.Decision;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would become of one request.
 *
 * @param unknown the rule at which it can't be told; null when it can
 * @param move null when nothing would differ
 */
record Replayed(
        ReplayBefore before,
        ReplayAfter after,
        @Nullable String unknown,
        @Nullable Move move) {

    /** @param alike the rules that are the same in both graphs */
    static Replayed of(ReplayBefore before, RuleGraph graph, Set<String> alike) {
        Decision was = before.kept.graph().decide(before.view, new Walk(), before);
        boolean wasHidden = before.end() != null && before.view.mayDiffer(false);
        ReplayAfter after = new ReplayAfter(before, alike);
        Decision would = graph.decide(after.view, new Walk(), after);
        boolean wouldHide = after.end() != null && after.view.mayDiffer(false);
        String unknown = before.unknown != null ? before.unknown : after.unknown;
        if (unknown != null || endsAlike(before, after, alike)) {
            return new Replayed(before, after, unknown, null);
        }
        if (wasHidden || wouldHide) {
            Replay.Source end = after.end() != null ? after.end() : before.end();
            return new Replayed(before, after, end == null ? "" : end.rule(), null);
        }
        return new Replayed(before, after, null, Move.of(was, before, would, after));
    }

    /** Whether the same terminal saw the same, which says all without what is hidden from us. */
    private static boolean endsAlike(Replay before, Replay after, Set<String> alike) {
        Replay.Source end = before.end();
        Replay.Source captured = before.captured();
        return end != null
                && end.equals(after.end())
                && alike.contains(end.rule())
                && (captured == null
                        ? after.captured() == null
                        : captured.equals(after.captured()) && alike.contains(captured.rule()));
    }
}
