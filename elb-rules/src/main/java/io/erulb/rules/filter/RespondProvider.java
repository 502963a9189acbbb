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
import java.util.stream.Collectors;

/** {@code respond}: answers by itself, with headers that may hold captures. */
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
        List<HeaderTemplate> headers =
                args.has("headers") ? HeaderTemplate.read(args.object("headers")) : List.<HeaderTemplate>of();
        Respond respond = new Respond(status, headers, body);
        boolean expands = headers.stream().anyMatch(HeaderTemplate::usesCaptures);
        return expands ? respond : new Fixed(respond.answer(Captures.none()));
    }

    private record Fixed(Decision.Respond answer) implements Terminal {
        @Override
        public Decision decide(RequestView request, Captures captures) {
            return answer;
        }
    }

    private record Respond(int status, List<HeaderTemplate> headers, String body) implements Terminal {
        @Override
        public Decision decide(RequestView request, Captures captures) {
            return answer(captures);
        }

        @Override
        public boolean usesCaptures() {
            return true;
        }

        @Override
        public Set<String> captureNames() {
            return headers.stream().flatMap(HeaderTemplate::captureNames).collect(Collectors.toUnmodifiableSet());
        }

        Decision.Respond answer(Captures captures) {
            List<HeaderField> fields = new ArrayList<>();
            headers.forEach(header -> fields.add(header.expand(captures)));
            boolean typed = fields.stream().anyMatch(field -> field.name().equalsIgnoreCase("Content-Type"));
            if (!body.isEmpty() && !typed) {
                fields.add(HeaderField.of("Content-Type", "text/plain; charset=utf-8"));
            }
            return new Decision.Respond(status, fields, body);
        }
    }
}
