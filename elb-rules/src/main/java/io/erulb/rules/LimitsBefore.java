package io.erulb.rules;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Limit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits of the graph that another is to replace: they go on counting in the rules that stay. */
final class LimitsBefore {
    private static final JsonValue.Obj NOTHING = new JsonValue.Obj(Map.of());

    private final Map<String, Limit> limits;
    private final JsonValue.Obj before;
    private final JsonValue.Obj now;

    LimitsBefore(@Nullable RuleGraph graph, RuleSet document) {
        this.limits = graph == null ? Map.of() : graph.limits();
        this.before =
                graph == null || limits.isEmpty() ? NOTHING : graph.document().root();
        this.now = limits.isEmpty() ? NOTHING : document.root();
    }

    /** The limit of this rule so far if it was the same but for its edges, else what was made for it now. */
    Filter limitOr(Filter made, String rule) {
        Limit limit = limits.get(rule);
        if (limit == null || limit.getClass() != made.getClass()) {
            return made;
        }
        return withoutEdges(before, rule).equals(withoutEdges(now, rule)) ? limit : made;
    }

    /** The rule's type and arguments; both documents have the rule. */
    private static Map<String, JsonValue> withoutEdges(JsonValue.Obj document, String name) {
        Map<String, JsonValue> said = new HashMap<>();
        if (document.get("rules") instanceof JsonValue.Obj rules && rules.get(name) instanceof JsonValue.Obj rule) {
            said.putAll(rule.members());
            if (rule.get("args") instanceof JsonValue.Obj args) {
                Map<String, JsonValue> rest = new HashMap<>(args.members());
                rest.remove("succ");
                rest.remove("fail");
                said.put("args", new JsonValue.Obj(rest));
            }
        }
        return said;
    }
}
