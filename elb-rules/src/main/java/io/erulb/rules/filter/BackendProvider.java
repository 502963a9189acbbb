package io.erulb.rules.filter;

import io.erulb.rules.Decision;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.Terminal;
import io.erulb.rules.spi.TerminalProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code backend}: sends the request to an upstream or a server; every other argument is a request header. */
public final class BackendProvider implements TerminalProvider {
    private static final String SERVER_NAME = "servername";
    private static final String EXPECTED =
            "expected: an upstream's name, host or host:port, without blanks and slashes, port from 1 to 65535";

    /** A name, optionally a port; an IPv6 address stands in brackets. */
    private static final Pattern SERVER =
            Pattern.compile("(?:[^\\s\\p{Cntrl}/\\\\?#@:\\[\\]]+|\\[[0-9a-fA-F:.]+])(?::([0-9]{1,5}))?");

    @Override
    public String type() {
        return "backend";
    }

    @Override
    public Terminal create(FilterArgs args) {
        String server = serverName(args);
        List<String> others = new ArrayList<>(args.names());
        others.remove(SERVER_NAME);
        return new Backend(new Decision.Forward(server, null, Headers.read(args, others)), Set.of(server));
    }

    /** A string, or an object whose one key it is, as the original's sample sends it. */
    private static String serverName(FilterArgs args) {
        if (!args.isObject(SERVER_NAME)) {
            String name = args.text(SERVER_NAME);
            return checked(args, name);
        }
        FilterArgs object = args.object(SERVER_NAME);
        List<String> keys = List.copyOf(object.names());
        keys.forEach(object::has);
        if (keys.size() != 1) {
            args.fault(SERVER_NAME, "expected: one key, or a string");
            return "";
        }
        return checked(args, keys.get(0));
    }

    private static String checked(FilterArgs args, String name) {
        Matcher matcher = SERVER.matcher(name);
        boolean fits = matcher.matches() && isPort(matcher.group(1));
        if (!fits) {
            args.fault(SERVER_NAME, EXPECTED);
        }
        return name;
    }

    private static boolean isPort(@Nullable String port) {
        return port == null || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535);
    }

    private record Backend(Decision.Forward forward, Set<String> upstreams) implements Terminal {
        @Override
        public Decision decide(RequestView request, Captures captures) {
            return forward;
        }
    }
}
