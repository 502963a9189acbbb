package io.erulb.rules.whatif;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The walk as it was: the edges are known, and filters are asked for the paths alone that they rewrote. */
final class ReplayBefore extends Replay {
    private final Map<String, Step> steps = new HashMap<>();
    private int taken;

    ReplayBefore(Kept kept, Conditions conditions) {
        super(kept, conditions);
    }

    /**
     * What became of the request at a rule.
     *
     * @param verdict null when the rule failed
     * @param path that the rule saw
     * @param condition what the rule asked
     */
    record Step(@Nullable Verdict verdict, String path, Condition condition) {}

    @Override
    @Nullable
    Verdict judge(String rule, Filter filter, RequestView request) {
        String path = request.path();
        boolean failed = taken == kept.walk().edges();
        Verdict verdict = failed ? null : verdict(rule, filter, kept.walk().succ(taken++), request);
        steps.put(rule, new Step(verdict, path, conditions.of(filter)));
        return verdict;
    }

    private Verdict verdict(String rule, Filter filter, boolean matched, RequestView request) {
        if (!matched) {
            return Verdict.MISS;
        }
        Condition condition = conditions.of(filter);
        if (!(condition instanceof Condition.Rewriting || condition instanceof Condition.Unknown)) {
            return Verdict.MATCH;
        }
        view.forget();
        String path = rewritten(filter, request);
        if (path == null) {
            return Verdict.MATCH;
        }
        if (view.mayDiffer(false)) {
            unknown(rule);
        }
        return Verdict.rewrite(path);
    }

    private static @Nullable String rewritten(Filter filter, RequestView request) {
        try {
            return filter.test(request).path();
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return null;
        }
    }

    /** Null when the walk did not come by the rule. */
    @Nullable
    Step step(String rule) {
        return steps.get(rule);
    }
}
