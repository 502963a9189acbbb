package io.erulb.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a rule document, free of any JSON library. Immutable; equal by content, whatever the order of members. */
sealed interface JsonValue {
    /** What this is, with its article, for messages. */
    String kind();

    /** Members in the order written. */
    record Obj(Map<String, JsonValue> members) implements JsonValue {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Nullable
        JsonValue get(String name) {
            return members.get(name);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    record Arr(List<JsonValue> items) implements JsonValue {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    record Text(String text) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number by its text, so that 1.50 stays 1.50. */
    record Num(String text) implements JsonValue {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Bool(boolean value) implements JsonValue {
        @Override
        public String kind() {
            return "a boolean";
        }
    }

    record Null() implements JsonValue {
        @Override
        public String kind() {
            return "null";
        }
    }
}
