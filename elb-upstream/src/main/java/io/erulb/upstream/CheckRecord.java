package io.erulb.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What active checks found of one peer. Immutable; {@link PeerState} goes from one to the next.
 *
 * @param verdict what follows from them; null before there is one
 * @param streak checks in a row that ended as the last one did, counted as long as the verdict is another
 * @param passed how the last one ended; means nothing while {@code streak} is 0
 * @param reason why the last one failed, or what it found
 * @param since when the verdict was last another, on the upstream's clock
 */
record CheckRecord(@Nullable Verdict verdict, int streak, boolean passed, String reason, long since) {
    /** More in a row tell nothing more. */
    private static final int MOST = 100;

    static final CheckRecord NOTHING = new CheckRecord(null, 0, false, "not checked yet", 0);

    enum Verdict {
        UP,
        DOWN
    }

    /** After one more check; this one when that changes nothing. The first one decides by itself. */
    CheckRecord next(CheckResult result, int needed, long now) {
        boolean again = streak > 0 && passed == result.passed();
        int inARow = again ? Math.min(streak + 1, MOST) : 1;
        Verdict told = result.passed() ? Verdict.UP : Verdict.DOWN;
        if (again && verdict == told && reason.equals(result.reason())) {
            return this;
        }
        boolean turns = verdict != told && (verdict == null || inARow >= needed);
        return new CheckRecord(turns ? told : verdict, inARow, result.passed(), result.reason(), turns ? now : since);
    }
}
