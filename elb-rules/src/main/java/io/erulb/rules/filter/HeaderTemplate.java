package io.erulb.rules.filter;

import io.erulb.rules.HeaderField;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.FilterArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A header to set, with places for captures in its values. Immutable. */
record HeaderTemplate(String name, List<CaptureTemplate> values) {
    /** Reads an object of headers; see {@link Headers#read}. */
    static List<HeaderTemplate> read(FilterArgs args) {
        return Headers.read(args, args.names()).stream()
                .map(field -> of(args, field))
                .toList();
    }

    private static HeaderTemplate of(FilterArgs args, HeaderField field) {
        List<CaptureTemplate> values = new ArrayList<>();
        for (String value : field.values()) {
            CaptureTemplate template = CaptureTemplate.parse(value, UnaryOperator.identity());
            if (template == null) {
                args.fault(field.name(), "expected: $1 to $9 or ${name} for captures");
            } else {
                values.add(template);
            }
        }
        return new HeaderTemplate(field.name(), List.copyOf(values));
    }

    Stream<String> captureNames() {
        return values.stream().flatMap(CaptureTemplate::names);
    }

    boolean usesCaptures() {
        return values.stream().anyMatch(CaptureTemplate::usesCaptures);
    }

    /** The header; a value of captures that took no part is left out, as an empty Retry-After says nothing. */
    HeaderField expand(Captures captures) {
        List<String> lines = new ArrayList<>();
        for (CaptureTemplate value : values) {
            String line = value.expand(captures);
            if (!line.isEmpty() || !value.usesCaptures()) {
                lines.add(line);
            }
        }
        return new HeaderField(name, lines);
    }
}
