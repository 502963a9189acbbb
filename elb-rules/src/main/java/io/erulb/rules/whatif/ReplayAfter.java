package io.erulb.rules.whatif;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Clock;
import io.erulb.rules.spi.Condition.Share;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The walk as it would have been: by the verdicts that were, where a rule is the same and saw the same. */
final class ReplayAfter extends Replay {
    private final ReplayBefore before;
    private final Set<String> alike;
    private boolean drawn;
    private boolean assumed;

    /** @param alike the rules that are the same in both graphs */
    ReplayAfter(ReplayBefore before, Set<String> alike) {
        super(before.kept, before.conditions);
        this.before = before;
        this.alike = alike;
    }

    @Override
    @Nullable
    Verdict judge(String rule, Filter filter, RequestView request) {
        ReplayBefore.Step step = before.step(rule);
        if (step != null && alike.contains(rule) && step.path().equals(request.path())) {
            return step.verdict();
        }
        if (filter instanceof Limit) {
            assumed = true;
            return Verdict.MATCH;
        }
        Condition condition = conditions.of(filter);
        if (condition instanceof Share share && share.on() == null) {
            drawn = true;
            return Verdict.of(draw(rule, step) < share.share());
        }
        if (condition instanceof Clock clock) {
            return Verdict.of(clock.holds(kept.at()));
        }
        return condition instanceof Condition.Chance ? unknown(rule) : asked(rule, filter, condition, request);
    }

    private Verdict asked(String rule, Filter filter, Condition condition, RequestView request) {
        view.forget();
        Verdict verdict = filter.test(request);
        if (view.mayDiffer(isPresence(condition))) {
            Verdict byHash = conditions.byHash(condition, kept);
            return byHash == null ? unknown(rule) : byHash;
        }
        return verdict;
    }

    private static boolean isPresence(Condition condition) {
        return condition instanceof Condition.Text text && text.texts() instanceof Condition.Texts.All;
    }

    /**
     * A number from 0 up to 1 that goes with the request and the rule. Where the rule drew already, for another share, it is
     * one that came out as that: of a share of 10 % that becomes 20 %, those that matched still do.
     */
    private double draw(String rule, ReplayBefore.@Nullable Step step) {
        double number = fraction(kept.number() * 0x9e3779b97f4a7c15L ^ rule.hashCode());
        if (step == null || !(step.condition() instanceof Share share) || share.on() != null) {
            return number;
        }
        Verdict verdict = step.verdict();
        if (verdict == null) {
            return number;
        }
        return verdict.matched() ? number * share.share() : share.share() + number * (1 - share.share());
    }

    /** MurmurHash3's finalizer, of which the upper 53 bits are a fraction. */
    private static double fraction(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return ((mixed ^ mixed >>> 33) >>> 11) * 0x1.0p-53;
    }

    /** Whether chance decided anew. */
    boolean drawn() {
        return drawn;
    }

    /** Whether a limit was taken to let the request pass. */
    boolean assumed() {
        return assumed;
    }
}
