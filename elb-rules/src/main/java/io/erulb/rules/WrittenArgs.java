package io.erulb.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a document's rules as written, edges left out. */
final class WrittenArgs {
    private static final JsonValue.Obj NONE = new JsonValue.Obj(Map.of());

    private final JsonValue.@Nullable Obj rules;

    WrittenArgs(RuleSet document) {
        this.rules = document.root().get("rules") instanceof JsonValue.Obj all ? all : null;
    }

    /** Those of a compiled rule of the document. */
    JsonValue.Obj of(Node node) {
        JsonValue rule =
                rules == null ? null : rules.get(RuleGraph.guardOf(node).rule());
        JsonValue args = rule instanceof JsonValue.Obj members ? members.get("args") : null;
        if (!(args instanceof JsonValue.Obj written)) {
            return NONE;
        }
        if (!(node instanceof FilterNode)) {
            return written;
        }
        Map<String, JsonValue> others = new LinkedHashMap<>(written.members());
        others.remove("succ");
        others.remove("fail");
        return new JsonValue.Obj(others);
    }
}
