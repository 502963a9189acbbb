package io.erulb.rules;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Limit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of the graph that another is to replace: what counts goes on counting in the rules that stay. */
final class RulesBefore {
    private static final JsonValue.Obj NOTHING = new JsonValue.Obj(Map.of());

    private final Map<String, Limit> limits;
    private final Map<String, RuleTally> tallies;
    private final JsonValue.Obj before;
    private final JsonValue.Obj now;

    RulesBefore(@Nullable RuleGraph graph, RuleSet document) {
        this.limits = graph == null ? Map.of() : graph.limits();
        this.tallies = graph == null ? Map.of() : graph.tallies();
        this.before = graph == null ? NOTHING : graph.document().root();
        this.now = graph == null ? NOTHING : document.root();
    }

    /** The limit of this rule so far if it was the same but for its edges, else what was made for it now. */
    Filter limitOr(Filter made, String rule) {
        Limit limit = limits.get(rule);
        if (limit == null || limit.getClass() != made.getClass()) {
            return made;
        }
        return SameRules.withoutEdges(before, rule).equals(SameRules.withoutEdges(now, rule)) ? limit : made;
    }

    /** What was counted of this rule so far if it was the same with its edges, else a new tally. */
    RuleTally tally(String rule) {
        RuleTally tally = tallies.get(rule);
        return tally != null && SameRules.members(before, rule).equals(SameRules.members(now, rule))
                ? tally
                : new RuleTally();
    }
}
