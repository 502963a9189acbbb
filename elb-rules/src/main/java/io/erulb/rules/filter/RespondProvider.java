package io.erulb.rules.filter;

import io.erulb.rules.Decision;
import io.erulb.rules.HeaderField;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.TerminalProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code respond}: answers by itself. */
public final class RespondProvider implements TerminalProvider {
    /** Answers that never have a body (RFC 9110 15.3.5, 15.3.6, 15.4.5). */
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);

    @Override
    public String type() {
        return "respond";
    }

    @Override
    public Terminal create(FilterArgs args) {
        int status = args.integer("status", 200, 200, 599);
        String body = args.text("body", "");
        if (!body.isEmpty() && BODILESS.contains(status)) {
            args.fault("body", "expected: no body, as status " + status + " has none");
        }
        return new Respond(new Decision.Respond(status, headers(args, !body.isEmpty()), body));
    }

    private static List<HeaderField> headers(FilterArgs args, boolean hasBody) {
        List<HeaderField> fields = new ArrayList<>();
        if (args.has("headers")) {
            FilterArgs headers = args.object("headers");
            fields.addAll(Headers.read(headers, headers.names()));
        }
        boolean typed = fields.stream().anyMatch(field -> field.name().equalsIgnoreCase("Content-Type"));
        if (hasBody && !typed) {
            fields.add(HeaderField.of("Content-Type", "text/plain; charset=utf-8"));
        }
        return fields;
    }

    private record Respond(Decision.Respond answer) implements Terminal {
        @Override
        public Decision decide(RequestView request, Captures captures) {
            return answer;
        }
    }
}
