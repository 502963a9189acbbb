package io.erulb.rules.filter;

import io.erulb.rules.HeaderField;
import io.erulb.rules.spi.FilterArgs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads arguments that name header fields to set. */
final class Headers {
    /** Fields that say where a message ends or concern one connection (RFC 9110 7.6.1, RFC 9112 6). */
    private static final Set<String> REFUSED = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Headers() {}

    /** The fields of these names; null values are left out, an empty array removes the field. */
    static List<HeaderField> read(FilterArgs args, Collection<String> names) {
        List<HeaderField> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            List<String> values = args.scalars(name);
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HttpToken.isToken(name)) {
                args.fault(name, "not a header's name; expected: letters, digits and !#$%&'*+-.^_`|~");
            } else if (REFUSED.contains(lower)) {
                args.fault(name, "expected: no header that frames the message or concerns the connection");
            } else if (!seen.add(lower)) {
                args.fault(name, "the header stands twice, in other letters");
            } else if (args.has(name)) {
                fields.add(new HeaderField(
                        name, values.stream().map(Headers::escaped).toList()));
            }
        }
        return List.copyOf(fields);
    }

    /** A value that can't end its line: controls other than the tab as percent escapes. */
    private static String escaped(String value) {
        if (value.chars().noneMatch(Headers::isControl)) {
            return value;
        }
        StringBuilder out = new StringBuilder();
        value.chars()
                .forEach(c ->
                        out.append(isControl(c) ? String.format(Locale.ROOT, "%%%02X", c) : Character.toString(c)));
        return out.toString();
    }

    private static boolean isControl(int c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }
}
