package io.erulb.rules.whatif;

import io.erulb.rules.Judge;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One walk of a kept request: the edges it takes, where it ends, and by which captures. */
abstract class Replay implements Judge {
    final Kept kept;
    final Conditions conditions;
    final NotingView view;

    /** The edges by the rules they leave. */
    final Map<String, Boolean> edges = new LinkedHashMap<>();

    private @Nullable Source captured;
    private @Nullable Source end;
    private boolean usesCaptures;
    private boolean capturesOfLimit;

    /** The first rule whose verdict can't be known; null when all are. */
    @Nullable
    String unknown;

    Replay(Kept kept, Conditions conditions) {
        this.kept = kept;
        this.conditions = conditions;
        this.view = new NotingView(kept);
    }

    /** A rule, and the path it saw. */
    record Source(String rule, String path) {}

    abstract @Nullable Verdict judge(String rule, Filter filter, RequestView request);

    @Override
    public final @Nullable Verdict verdict(String rule, Filter filter, RequestView request) {
        Verdict verdict = judge(rule, filter, request);
        if (verdict != null) {
            edges.put(rule, verdict.matched());
            boolean limit = filter instanceof Limit;
            if (filter.capturing() && verdict.matched() != limit) {
                captured = new Source(rule, request.path());
                capturesOfLimit = limit;
            }
        }
        return verdict;
    }

    @Override
    public void end(String rule, Terminal terminal, RequestView request) {
        end = new Source(rule, request.path());
        usesCaptures = terminal.usesCaptures();
        view.forget();
    }

    /** Notes that the rule's verdict can't be known; the walk goes on somewhere, for nothing. */
    Verdict unknown(String rule) {
        if (unknown == null) {
            unknown = rule;
        }
        return Verdict.MISS;
    }

    /** The terminal; null for a walk that ends without one. */
    @Nullable
    Source end() {
        return end;
    }

    /** The filter whose captures the terminal uses; null when it uses none. */
    @Nullable
    Source captured() {
        return usesCaptures ? captured : null;
    }

    boolean usesCaptures() {
        return usesCaptures;
    }

    /** Whether the terminal uses what a limit counts, which is long past. */
    boolean usesCounts() {
        return usesCaptures && captured != null && capturesOfLimit;
    }
}
