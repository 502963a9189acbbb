package io.erulb.rules.whatif;

import io.erulb.rules.Decision;
import io.erulb.rules.Decision.Forward;
import io.erulb.rules.Decision.Redirect;
import io.erulb.rules.Decision.Reject;
import io.erulb.rules.Decision.Respond;
import org.jspecify.annotations.Nullable;

/**
 * From where to where a request would have moved.
 *
 * @param differs what does where both are the same; else null
 * @param rejects whether it would have been refused, and was not
 */
record Move(String from, String to, @Nullable String differs, boolean rejects) {

    /** Null when nothing differs. */
    static @Nullable Move of(Decision was, Replay before, Decision would, Replay after) {
        if (was.equals(would)) {
            return null;
        }
        String from = place(was, before);
        String to = place(would, after);
        if (!from.equals(to)) {
            return new Move(from, to, null, isRefusal(would) && !isRefusal(was));
        }
        String differs = before.usesCounts() || after.usesCounts() ? null : difference(was, would, before.kept.path());
        return differs == null ? null : new Move(from, to, differs, false);
    }

    private static String place(Decision decision, Replay replay) {
        if (decision instanceof Forward forward) {
            return forward.upstream();
        }
        if (decision instanceof Redirect redirect) {
            Replay.Source end = replay.end();
            // One place for all that a rule makes of captures.
            return redirect.status()
                    + (end != null && replay.usesCaptures() ? " by " + end.rule() : " " + redirect.location());
        }
        return Integer.toString(status(decision));
    }

    private static @Nullable String difference(Decision was, Decision would, String path) {
        if (was instanceof Forward one && would instanceof Forward other) {
            if (!path(one, path).equals(path(other, path))) {
                return "path";
            }
            return one.headers().equals(other.headers()) ? null : "headers";
        }
        if (was instanceof Redirect one && would instanceof Redirect other) {
            return one.location().equals(other.location()) ? null : "location";
        }
        if (was instanceof Respond one && would instanceof Respond other) {
            if (!one.body().equals(other.body())) {
                return "body";
            }
            return one.headers().equals(other.headers()) ? null : "headers";
        }
        return null;
    }

    private static String path(Forward forward, String path) {
        return forward.path() == null ? path : forward.path();
    }

    private static boolean isRefusal(Decision decision) {
        return status(decision) >= 400;
    }

    /** What the rules answer with; 0 for what is sent on. */
    private static int status(Decision decision) {
        if (decision instanceof Respond respond) {
            return respond.status();
        }
        if (decision instanceof Redirect redirect) {
            return redirect.status();
        }
        return decision instanceof Reject reject ? reject.status() : 0;
    }
}
