package io.erulb.rules.filter;

import io.erulb.rules.Decision;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.TerminalProvider;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code redirect}: answers with a location, which may hold captures. */
public final class RedirectProvider implements TerminalProvider {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    @Override
    public String type() {
        return "redirect";
    }

    @Override
    public Terminal create(FilterArgs args) {
        int status = args.integer("status", 302, 100, 999);
        if (!STATUSES.contains(status)) {
            args.fault("status", "expected: 301, 302, 303, 307 or 308");
        }
        String written = args.text("location");
        CaptureTemplate location = CaptureTemplate.parse(written, RedirectProvider::escaped);
        if (location == null || written.isEmpty()) {
            args.fault("location", "expected: a URL or path with $1 to $9 or ${name} for captures");
        }
        if (location == null || !location.usesCaptures()) {
            return new Fixed(new Decision.Redirect(status, location == null ? "" : location.expand(Captures.none())));
        }
        return new Expanding(status, location);
    }

    /** What a rule wrote is a URL already, of which only controls, blanks and non-ASCII characters are escaped. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f;
            out.append(plain ? Character.toString(b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return out.toString();
    }

    private record Fixed(Decision.Redirect redirect) implements Terminal {
        @Override
        public Decision decide(RequestView request, Captures captures) {
            return redirect;
        }
    }

    private record Expanding(int status, CaptureTemplate location) implements Terminal {
        @Override
        public Decision decide(RequestView request, Captures captures) {
            return new Decision.Redirect(status, location.expand(captures));
        }

        @Override
        public boolean usesCaptures() {
            return true;
        }

        @Override
        public Set<String> captureNames() {
            return location.names().collect(Collectors.toUnmodifiableSet());
        }
    }
}
