package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.WireRequest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the proxy makes of requests on their way to a server. */
final class Requests {
    private static final Set<String> NOT_REPEATABLE = Set.of("POST", "PATCH", "LOCK");
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z]+://([^/?]*)(.*)", Pattern.DOTALL);
    private static final Set<String> ADDED = Set.of(
            "host",
            "x-forwarded-for",
            "x-real-ip",
            "remote-host",
            "x-forwarded-proto",
            "x-forwarded-host",
            "via",
            "transfer-encoding",
            "max-forwards",
            "connection",
            "upgrade");

    private Requests() {}

    /** Whether it may be sent to a server again. */
    static boolean isRepeatable(WireRequest request) {
        return !NOT_REPEATABLE.contains(request.method());
    }

    /** The address of the client, as the proxy tells servers. */
    static String client(WireRequest received) {
        return String.valueOf(received.field("X-Real-IP"));
    }

    /** Whether the head that a server received is what becomes of the one that was sent. */
    static boolean areSameHead(WireRequest sent, WireRequest received) {
        Matcher absolute = ABSOLUTE.matcher(sent.target());
        boolean isAbsolute = absolute.matches();
        String host = isAbsolute ? absolute.group(1) : sent.field("Host");
        String target = isAbsolute ? originForm(sent.method(), absolute.group(2)) : sent.target();
        return received.method().equals(sent.method())
                && received.target().equals(target)
                && host != null
                && host.equals(received.field("Host"))
                && Fields.areFrom(received.fields(), sent.fields(), ADDED);
    }

    /** What is sent on of an absolute target (RFC 9112 3.2.1, 3.2.4). */
    private static String originForm(String method, String behindAuthority) {
        if (behindAuthority.isEmpty()) {
            return method.equals("OPTIONS") ? "*" : "/";
        }
        return behindAuthority.startsWith("/") ? behindAuthority : "/" + behindAuthority;
    }
}
