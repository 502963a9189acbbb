package io.erulb.routing.policy;

import io.erulb.upstream.HealthOptions.Checks;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code check}: how the servers of an upstream are checked. Immutable.
 *
 * @param type what a check does
 * @param port which port it goes to; 0 for the server's own
 * @param verify whether a certificate must be one that is trusted, and the host's
 * @param request what it asks for by HTTP
 * @param expected what answer to that passes
 * @param interval from the beginning of one check to that of the next
 * @param timeout how long one may take
 * @param rise checks in a row that must pass to bring a server in
 * @param fall checks in a row that must fail to take it out
 * @param reuse whether connections are kept from one check to the next
 * @param untilChecked whether a server is in before its first check
 */
public record CheckPolicy(
        Type type,
        int port,
        boolean verify,
        Request request,
        Expected expected,
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        boolean reuse,
        Checks untilChecked) {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);
    private static final int USUAL_IN_A_ROW = 2;
    private static final int MOST_IN_A_ROW = 100;
    private static final int MOST_PORT = 65_535;
    private static final String TARGET = "/[!-~]*";

    /** What a check does. */
    public enum Type {
        /** Sends a request and looks at the answer. */
        HTTP,
        /** The same over TLS. */
        HTTPS,
        /** Makes a connection. */
        TCP
    }

    /**
     * What is asked for.
     *
     * @param host the Host field; null for the server's address
     */
    public record Request(
            String method, String target, @Nullable String host) {

        /** The host without its port, as a certificate has it; null for the server's address. */
        public @Nullable String hostName() {
            if (host == null) {
                return null;
            }
            int colon = host.lastIndexOf(':');
            return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        }

        /** What TLS asks for; null for an address, which it has no way to ask for. */
        public @Nullable SNIHostName serverName() {
            String name = hostName();
            return name == null || name.startsWith("[") || name.matches("[0-9.]+") ? null : new SNIHostName(name);
        }
    }

    /**
     * What answer passes.
     *
     * @param statuses those that do
     * @param body what stands in its body; null for anything
     */
    public record Expected(StatusSet statuses, @Nullable String body) {}

    /** Where a server is checked. */
    public InetSocketAddress address(InetSocketAddress server) {
        return port == 0 ? server : new InetSocketAddress(server.getAddress(), port);
    }

    static @Nullable CheckPolicy read(@Nullable PolicyArgs section) {
        if (section == null) {
            return null;
        }
        Type type = type(section);
        Duration interval = section.time("interval", USUAL_INTERVAL);
        CheckPolicy policy = new CheckPolicy(
                type,
                section.integer("port", 0, 1, MOST_PORT),
                section.flag("verify", true) && type == Type.HTTPS,
                request(section, type),
                new Expected(StatusSet.read(section, "status", StatusSet.GOOD), section.text("body")),
                interval,
                timeout(section, interval),
                section.integer("rise", USUAL_IN_A_ROW, 1, MOST_IN_A_ROW),
                section.integer("fall", USUAL_IN_A_ROW, 1, MOST_IN_A_ROW),
                section.flag("reuse", true) && type == Type.HTTP,
                section.word("until_checked", "up", List.of("up", "down")).equals("up")
                        ? Checks.UP_AT_FIRST
                        : Checks.DOWN_AT_FIRST);
        policy.refuseWhatDoesNotBelong(section);
        return policy;
    }

    private static Type type(PolicyArgs section) {
        return Type.valueOf(
                section.word("type", "http", List.of("http", "https", "tcp")).toUpperCase(Locale.ROOT));
    }

    private static Request request(PolicyArgs section, Type type) {
        String method = section.word("method", "GET", List.of("GET", "HEAD", "OPTIONS"));
        String target = section.text("path");
        if (target != null && !target.matches(TARGET)) {
            section.fault("path", "expected: a path that begins with / and has no blanks, such as /health?full=1");
        }
        String host = section.text("host");
        if (host != null && !host.matches("[!-~]+")) {
            section.fault("host", "expected: a host name, with a port where one is wanted");
        }
        Request request = new Request(method, target == null ? "/" : target, host);
        if (type == Type.HTTPS && !canBeAskedFor(request)) {
            section.fault("host", "expected: a host name as certificates have them, with a port where one is wanted");
        }
        return request;
    }

    private static boolean canBeAskedFor(Request request) {
        try {
            request.serverName();
            return true;
        } catch (IllegalArgumentException notName) {
            return false;
        }
    }

    /** A check that is not over when the next one begins could be told from no later one. */
    private static Duration timeout(PolicyArgs section, Duration interval) {
        Duration half = interval.dividedBy(2);
        Duration usual = half.compareTo(USUAL_TIMEOUT) < 0 ? half : USUAL_TIMEOUT;
        Duration timeout = section.time("timeout", usual);
        if (timeout.compareTo(interval) >= 0) {
            section.fault("timeout", "expected: less than the interval");
        }
        return timeout;
    }

    private void refuseWhatDoesNotBelong(PolicyArgs section) {
        List<String> others = switch (type) {
            case HTTP -> List.of("verify");
            case HTTPS -> List.of("reuse");
            case TCP -> List.of("method", "path", "host", "status", "body", "reuse", "verify");
        };
        for (String name : others) {
            if (section.has(name)) {
                String word = type.name().toLowerCase(Locale.ROOT);
                section.fault(name, "expected: nothing of this name, since the type is " + word);
            }
        }
        if (type != Type.TCP && expected.body() != null && request.method().equals("HEAD")) {
            section.fault("body", "expected: nothing of this name, since an answer to HEAD has no body");
        }
    }
}
