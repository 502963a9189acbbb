package io.erulb.routing.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.erulb.upstream.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of a policy, read by type. Each accessor that finds something else notes a fault and answers what stands for the
 * absent, so that one pass finds everything; what nobody asked for is refused in the end. Used by one thread.
 */
final class PolicyArgs {
    private final FaultList faults;
    private final String prefix;
    private final JsonObject object;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<PolicyArgs> inner = new ArrayList<>();

    PolicyArgs(FaultList faults, String prefix, JsonObject object) {
        this.faults = faults;
        this.prefix = prefix;
        this.object = object;
    }

    boolean has(String name) {
        asked.add(name);
        return object.has(name);
    }

    /** A string; null when it is absent. */
    @Nullable
    String text(String name) {
        return read(name, null, "a string", PolicyArgs::textOf);
    }

    /** One of some words. */
    String word(String name, String otherwise, List<String> words) {
        return read(name, otherwise, "one of " + String.join(", ", words), value -> {
            String text = textOf(value);
            return text != null && words.contains(text) ? text : null;
        });
    }

    /** Some of these words, without order; {@code otherwise} when it is absent. */
    Set<String> words(String name, Set<String> otherwise, Set<String> words) {
        String expected = "an array of " + String.join(", ", words);
        return read(name, otherwise, expected, value -> value instanceof JsonArray array ? some(array, words) : null);
    }

    private static @Nullable Set<String> some(JsonArray array, Set<String> words) {
        Set<String> found = new LinkedHashSet<>();
        for (JsonElement item : array) {
            String text = textOf(item);
            if (text == null || !words.contains(text)) {
                return null;
            }
            found.add(text);
        }
        return found;
    }

    /** A time, at least a millisecond; null when it is absent. */
    @Nullable
    Duration time(String name) {
        return this.<@Nullable Duration>read(name, null, TimeSpan.EXPECTED + ", at least 1ms", PolicyArgs::timeOf);
    }

    /** The same; {@code otherwise} when it is absent. */
    Duration time(String name, Duration otherwise) {
        Duration time = time(name);
        return time == null ? otherwise : time;
    }

    private static @Nullable Duration timeOf(JsonElement value) {
        String text = textOf(value);
        Duration time = text == null ? null : TimeSpan.parse(text);
        return time == null || time.isZero() ? null : time;
    }

    /** A whole number within bounds. */
    int integer(String name, int otherwise, int least, int most) {
        return read(name, otherwise, "an integer from " + least + " to " + most, value -> {
            if (!(value instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
                return null;
            }
            double number = primitive.getAsDouble();
            return number == Math.rint(number) && number >= least && number <= most ? (int) number : null;
        });
    }

    /** A number within bounds. */
    double number(String name, double otherwise, double least, double most) {
        return read(name, otherwise, "a number from " + plain(least) + " to " + plain(most), value -> {
            double number = value instanceof JsonPrimitive primitive && primitive.isNumber()
                    ? primitive.getAsDouble()
                    : Double.NaN;
            return number >= least && number <= most ? number : null;
        });
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** An array of strings and numbers, at least one, as texts; empty when it is absent. */
    List<String> scalars(String name, String expected) {
        return read(name, List.of(), expected, value -> value instanceof JsonArray array ? texts(array) : null);
    }

    private static @Nullable List<String> texts(JsonArray array) {
        List<String> texts = new ArrayList<>();
        for (JsonElement item : array) {
            String text = scalarOf(item);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return texts.isEmpty() ? null : texts;
    }

    boolean flag(String name, boolean otherwise) {
        return read(
                name,
                otherwise,
                "true or false",
                value -> (value instanceof JsonPrimitive primitive && primitive.isBoolean())
                        ? primitive.getAsBoolean()
                        : null);
    }

    /** An object, to be read the same way; null when it is absent. */
    @Nullable
    PolicyArgs object(String name) {
        JsonObject found = this.<@Nullable JsonObject>read(
                name, null, "an object", value -> value instanceof JsonObject members ? members : null);
        if (found == null) {
            return null;
        }
        PolicyArgs args = new PolicyArgs(faults, prefix + name + '.', found);
        inner.add(args);
        return args;
    }

    /** All members that nobody asked for yet, each a string, a number or a truth value, as texts. */
    Map<String, String> others() {
        Map<String, String> others = new TreeMap<>();
        for (String name : List.copyOf(object.keySet())) {
            if (!asked.contains(name)) {
                String text = this.<@Nullable String>read(
                        name, null, "a string, a number, true or false", PolicyArgs::scalarOf);
                if (text != null) {
                    others.put(name, text);
                }
            }
        }
        return others;
    }

    void fault(String name, String message) {
        JsonElement value = object.get(name);
        faults.add(prefix + name, value == null ? null : value.toString(), message);
    }

    void refuseUnknown() {
        for (String name : object.keySet()) {
            if (!asked.contains(name)) {
                fault(name, "unknown; expected: " + String.join(", ", asked));
            }
        }
        inner.forEach(PolicyArgs::refuseUnknown);
    }

    private <T extends @Nullable Object> T read(
            String name, T otherwise, String expected, Function<JsonElement, @Nullable T> reading) {
        asked.add(name);
        JsonElement value = object.get(name);
        if (value == null) {
            return otherwise;
        }
        T found = reading.apply(value);
        if (found == null) {
            fault(name, "expected: " + expected);
            return otherwise;
        }
        return found;
    }

    private static @Nullable String textOf(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString() ? primitive.getAsString() : null;
    }

    private static @Nullable String scalarOf(JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
    }
}
