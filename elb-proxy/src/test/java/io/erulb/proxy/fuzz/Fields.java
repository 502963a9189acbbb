package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.WireFields;
import io.erulb.proxy.wire.WireFields.WireField;
import java.util.Locale;
import java.util.Set;

/** What the proxy may have done to the fields of a message: it drops, and adds some of its own. */
final class Fields {
    private Fields() {}

    /** Whether each field stems from the original or is one the proxy adds; in lower case. */
    static boolean areFrom(WireFields passed, WireFields original, Set<String> added) {
        return passed.list().stream()
                .allMatch(field -> added.contains(field.name().toLowerCase(Locale.ROOT)) || has(original, field));
    }

    private static boolean has(WireFields fields, WireField wanted) {
        return fields.list().stream()
                .anyMatch(field -> field.name().equalsIgnoreCase(wanted.name())
                        && field.value().equals(wanted.value()));
    }

    /** Whether a connection stays open behind a message of a minor version (RFC 9112 9.3). */
    static boolean isPersistent(WireFields fields, int minor) {
        return !fields.lists("Connection", "close") && (minor == 1 || fields.lists("Connection", "keep-alive"));
    }
}
