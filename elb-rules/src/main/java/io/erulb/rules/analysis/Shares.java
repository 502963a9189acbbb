package io.erulb.rules.analysis;

import io.erulb.rules.spi.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between which places the hash of one value has to lie, for each salt. Immutable once made. */
final class Shares {
    private final Map<String, Double> least = new HashMap<>();
    private final Map<String, Double> below = new HashMap<>();

    private Shares() {}

    static Shares of(List<Assumption> assumptions) {
        Shares shares = new Shares();
        for (Assumption one : assumptions) {
            if (one.bare() instanceof Condition.Share share) {
                if (one.matched()) {
                    shares.below.merge(share.salt(), share.share(), Math::min);
                } else {
                    shares.least.merge(share.salt(), share.share(), Math::max);
                }
            }
        }
        return shares;
    }

    /**
     * Whether no hash can lie there.
     *
     * @param present whether there is a value at any rate; a share that was missed may else be so for want of one
     */
    boolean areEmpty(boolean present) {
        boolean there = present || !below.isEmpty();
        boolean crossed = below.entrySet().stream()
                .anyMatch(share -> share.getValue() <= least.getOrDefault(share.getKey(), 0.0));
        return crossed || (there && least.values().stream().anyMatch(share -> share >= 1));
    }

    boolean any() {
        return !least.isEmpty() || !below.isEmpty();
    }
}
