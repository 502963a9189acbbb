package io.erulb.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells rules of two documents that say the same but for their edges. */
final class SameRules {
    private SameRules() {}

    /** The names of those that both documents have. */
    static Set<String> of(RuleSet one, RuleSet other) {
        Set<String> same = new HashSet<>();
        JsonValue.Obj here = one.root();
        JsonValue.Obj there = other.root();
        if (here.get("rules") instanceof JsonValue.Obj rules) {
            for (String name : rules.members().keySet()) {
                if (withoutEdges(here, name).equals(withoutEdges(there, name))) {
                    same.add(name);
                }
            }
        }
        return Set.copyOf(same);
    }

    /** A rule's type and arguments; empty when the document has no such rule. */
    static Map<String, JsonValue> withoutEdges(JsonValue.Obj document, String name) {
        Map<String, JsonValue> said = new HashMap<>(members(document, name));
        if (said.get("args") instanceof JsonValue.Obj args) {
            Map<String, JsonValue> rest = new HashMap<>(args.members());
            rest.remove("succ");
            rest.remove("fail");
            said.put("args", new JsonValue.Obj(rest));
        }
        return said;
    }

    /** All that is said of a rule; empty when the document has no such rule. */
    static Map<String, JsonValue> members(JsonValue.Obj document, String name) {
        return document.get("rules") instanceof JsonValue.Obj rules && rules.get(name) instanceof JsonValue.Obj rule
                ? rule.members()
                : Map.of();
    }
}
