package io.erulb.rules;

import java.util.List;

/**
 * A header to set: replaces all fields of that name. Immutable.
 *
 * @param name the field's name as written; its case does not matter
 * @param values one field line each, in order; empty: the field is removed
 */
public record HeaderField(String name, List<String> values) {
    /** Keeps a copy of the values. */
    public HeaderField {
        values = List.copyOf(values);
    }

    /** A field of one value. */
    public static HeaderField of(String name, String value) {
        return new HeaderField(name, List.of(value));
    }
}
