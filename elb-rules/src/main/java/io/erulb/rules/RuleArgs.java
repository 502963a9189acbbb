package io.erulb.rules;

import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.TextPattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rule's arguments over the document. Remembers what was asked for, so that the rest can be refused as unknown. */
final class RuleArgs implements FilterArgs {
    private static final JsonValue.Obj NOTHING = new JsonValue.Obj(Map.of());

    private final FaultList faults;
    private final @Nullable String rule;
    private final String prefix;
    private final JsonValue.Obj object;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> misread = new HashSet<>();
    private final List<RuleArgs> inner = new ArrayList<>();

    RuleArgs(FaultList faults, String rule, JsonValue.Obj object) {
        this(faults, rule, "", object);
    }

    private RuleArgs(FaultList faults, @Nullable String rule, String prefix, JsonValue.Obj object) {
        this.faults = faults;
        this.rule = rule;
        this.prefix = prefix;
        this.object = object;
    }

    /** The members of an object of the document that is no rule. */
    static RuleArgs at(FaultList faults, String prefix, JsonValue.Obj object) {
        return new RuleArgs(faults, null, prefix, object);
    }

    @Override
    public String domain() {
        return faults.domain();
    }

    @Override
    public String rule() {
        return rule == null ? "" : rule;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(object.members().keySet());
        names.removeAll(edgesAsked());
        return names;
    }

    @Override
    public boolean has(String name) {
        JsonValue value = read(name);
        return value != null && !(value instanceof JsonValue.Null);
    }

    @Override
    public boolean isObject(String name) {
        return read(name) instanceof JsonValue.Obj;
    }

    @Override
    public String text(String name) {
        return required(name, "", "a string", RuleArgs::textOf);
    }

    @Override
    public String text(String name, String otherwise) {
        return optional(name, otherwise, "a string", RuleArgs::textOf);
    }

    @Override
    public List<String> texts(String name) {
        return required(name, List.of(), "a string or an array of strings", RuleArgs::textsOf);
    }

    @Override
    public List<String> scalars(String name) {
        String expected = "a string, a number, true, false, or an array of those";
        return optional(name, List.of(), expected, RuleArgs::scalarsOf);
    }

    @Override
    public boolean flag(String name, boolean otherwise) {
        return optional(
                name, otherwise, "true or false", value -> value instanceof JsonValue.Bool bool ? bool.value() : null);
    }

    @Override
    public int integer(String name, int otherwise, int least, int most) {
        String expected = "an integer from " + least + " to " + most;
        return optional(name, otherwise, expected, value -> {
            Double number = numberOf(value, least, most);
            return number == null || number != Math.rint(number) ? null : number.intValue();
        });
    }

    @Override
    public double number(String name, double least, double most) {
        String expected = "a number from " + plain(least) + " to " + plain(most);
        return required(name, least, expected, value -> numberOf(value, least, most));
    }

    @Override
    public FilterArgs object(String name) {
        JsonValue.Obj found = required(name, NOTHING, "an object", RuleArgs::objectOf);
        return innerArgs(name, found);
    }

    @Override
    public List<FilterArgs> objects(String name) {
        List<JsonValue.Obj> found = required(name, List.of(), "an array of objects", RuleArgs::objectsOf);
        List<FilterArgs> args = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            args.add(innerArgs(name + "[" + i + "]", found.get(i)));
        }
        return args;
    }

    @Override
    public TextPattern pattern(String name, boolean ignoreCase) {
        boolean backtracking = flag("backtracking", false);
        String text = text(name);
        try {
            return Patterns.compile(text, ignoreCase, backtracking);
        } catch (BadPatternException e) {
            fault(name, e.reason());
            return Patterns.never(text);
        }
    }

    @Override
    public void fault(String name, String message) {
        // What an accessor could not read was said already; what a type says of the placeholder means nothing.
        if (!misread.contains(name)) {
            faults.add(rule, prefix + name, read(name), message);
        }
    }

    /** The rule an edge leads to; null when it is absent. */
    @Nullable
    String edge(String name) {
        return optional(name, null, "a rule's name", RuleArgs::textOf);
    }

    /** Refuses what nobody asked for. */
    void refuseUnknown() {
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!asked.contains(member.getKey())) {
                String expected = asked.isEmpty() ? "no arguments here" : String.join(", ", asked);
                faults.add(rule, prefix + member.getKey(), member.getValue(), "unknown; expected: " + expected);
            }
        }
        inner.forEach(RuleArgs::refuseUnknown);
    }

    private Set<String> edgesAsked() {
        Set<String> edges = new LinkedHashSet<>(Set.of("succ", "fail"));
        edges.retainAll(asked);
        return edges;
    }

    private @Nullable JsonValue read(String name) {
        asked.add(name);
        return object.get(name);
    }

    private <T extends @Nullable Object> T required(
            String name, T placeholder, String expected, Function<JsonValue, @Nullable T> reading) {
        if (read(name) == null) {
            faults.add(rule, prefix + name, null, "missing (expected: " + expected + ")");
            misread.add(name);
        }
        return optional(name, placeholder, expected, reading);
    }

    private <T extends @Nullable Object> T optional(
            String name, T otherwise, String expected, Function<JsonValue, @Nullable T> reading) {
        JsonValue value = read(name);
        if (value == null) {
            return otherwise;
        }
        T found = reading.apply(value);
        if (found == null) {
            faults.add(rule, prefix + name, value, "expected: " + expected);
            misread.add(name);
            return otherwise;
        }
        return found;
    }

    private RuleArgs innerArgs(String name, JsonValue.Obj members) {
        RuleArgs args = new RuleArgs(faults, rule, prefix + name + ".", members);
        inner.add(args);
        return args;
    }

    private static @Nullable String textOf(JsonValue value) {
        return value instanceof JsonValue.Text text ? text.text() : null;
    }

    private static @Nullable List<String> textsOf(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return List.of(text.text());
        }
        return value instanceof JsonValue.Arr array && !array.items().isEmpty() ? each(array, RuleArgs::textOf) : null;
    }

    private static @Nullable List<String> scalarsOf(JsonValue value) {
        if (value instanceof JsonValue.Null) {
            return List.of();
        }
        if (value instanceof JsonValue.Arr array) {
            return each(array, RuleArgs::scalarOf);
        }
        String scalar = scalarOf(value);
        return scalar == null ? null : List.of(scalar);
    }

    private static @Nullable String scalarOf(JsonValue value) {
        if (value instanceof JsonValue.Num number) {
            return number.text();
        }
        return value instanceof JsonValue.Bool bool ? Boolean.toString(bool.value()) : textOf(value);
    }

    private static JsonValue.@Nullable Obj objectOf(JsonValue value) {
        return value instanceof JsonValue.Obj object ? object : null;
    }

    private static @Nullable List<JsonValue.Obj> objectsOf(JsonValue value) {
        return value instanceof JsonValue.Arr array && !array.items().isEmpty()
                ? each(array, RuleArgs::objectOf)
                : null;
    }

    private static <T> @Nullable List<T> each(JsonValue.Arr array, Function<JsonValue, @Nullable T> reading) {
        List<T> found = new ArrayList<>();
        for (JsonValue item : array.items()) {
            T one = reading.apply(item);
            if (one == null) {
                return null;
            }
            found.add(one);
        }
        return found;
    }

    private static @Nullable Double numberOf(JsonValue value, double least, double most) {
        if (!(value instanceof JsonValue.Num number)) {
            return null;
        }
        double found = Double.parseDouble(number.text());
        return found >= least && found <= most ? found : null;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
