package io.erulb.proxy.wire;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields of a head or a trailer section, in the order they came, values without the blanks around them. */
public record WireFields(List<WireField> list) {

    /** One field line. */
    public record WireField(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public WireFields {
        list = List.copyOf(list);
    }

    /** The values of all fields of a name, ignoring case. */
    public List<String> all(String name) {
        return list.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(WireField::value)
                .toList();
    }

    /** The value of the first field of a name, null when there is none. */
    public @Nullable String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(0);
    }

    /** Whether there is a field of a name. */
    public boolean has(String name) {
        return first(name) != null;
    }

    /** Whether a comma-separated list of fields of a name has an element, ignoring case. */
    public boolean lists(String name, String element) {
        String wanted = element.toLowerCase(Locale.ROOT);
        return all(name).stream()
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split(",", -1)).stream())
                .anyMatch(one -> one.strip().equals(wanted));
    }

    @Override
    public String toString() {
        return list.stream().map(WireField::toString).collect(Collectors.joining("\n"));
    }
}
