package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A server as it is configured: an address and the parameters of nginx's {@code server} directive. Immutable; equal when
 * everything written is equal. Usually made by {@link #parse}.
 *
 * @param address as written, such as {@code 10.0.0.1} or {@code [::1]:8080}
 * @param host the address without its port: an IP literal (without brackets) or a name
 * @param port 1 to 65535; 80 when the address has none
 * @param weight the server's share, 1 to 65535
 * @param maxFails failures within {@code failTimeout} after which the server is left out; 0: never
 * @param failTimeout how long failures are remembered and how long the server is then left out, up to a year
 * @param maxConns the most attempts at a time; 0: any number
 * @param down never used
 * @param backup used only when no other server can be tried
 * @param drain given no new clients; those that are bound to it stay, and what runs ends by itself
 */
public record ServerSpec(
        String address,
        String host,
        int port,
        int weight,
        int maxFails,
        Duration failTimeout,
        int maxConns,
        boolean down,
        boolean backup,
        boolean drain) {

    /** Checks the ranges given above, with {@link IllegalArgumentException}. */
    public ServerSpec {
        requireNonNull(address, "address");
        requireNonNull(host, "host");
        check("port", port, 1, ServerAddress.MAX_PORT);
        check("weight", weight, 1, ServerParameters.MAX_WEIGHT);
        check("maxFails", maxFails, 0, Integer.MAX_VALUE);
        check("maxConns", maxConns, 0, Integer.MAX_VALUE);
        check("failTimeout", failTimeout.toMillis(), 0, TimeSpan.LONGEST.toMillis());
    }

    /**
     * Reads a server as it stands in configuration. Resolves no name.
     *
     * @param address {@code ip}, {@code ip:port}, {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port};
     *     without a port, 80
     * @param parameters separated by blanks, each at most once: {@code weight=N} (1), {@code max_fails=N} (1),
     *     {@code fail_timeout=TIME} (10s), {@code max_conns=N} (0), {@code down}, {@code backup}, {@code drain}; often empty
     * @throws ServerSpecException with every fault of both texts
     */
    public static ServerSpec parse(String address, String parameters) {
        List<ServerFault> faults = new ArrayList<>();
        ServerAddress where = ServerAddress.parse(address, faults);
        ServerParameters how = ServerParameters.parse(address, parameters, faults);
        if (!faults.isEmpty()) {
            throw new ServerSpecException(faults);
        }
        return new ServerSpec(
                address,
                where.host(),
                where.port(),
                how.weight(),
                how.maxFails(),
                how.failTimeout(),
                how.maxConns(),
                how.down(),
                how.backup(),
                how.drain());
    }

    /** Whether the host is an IP literal, so that there is no name to resolve. */
    public boolean literal() {
        return IpLiteral.parse(host) != null;
    }

    /**
     * The parameters as text that {@link #parse} reads back: always in the same order, without those that have their
     * default, so {@code ""} for a plain server.
     */
    public String parameters() {
        ServerParameters defaults = ServerParameters.DEFAULTS;
        StringJoiner text = new StringJoiner(" ");
        add(text, "weight=" + weight, weight != defaults.weight());
        add(text, "max_fails=" + maxFails, maxFails != defaults.maxFails());
        add(text, "fail_timeout=" + TimeSpan.print(failTimeout), !failTimeout.equals(defaults.failTimeout()));
        add(text, "max_conns=" + maxConns, maxConns != defaults.maxConns());
        add(text, "down", down);
        add(text, "backup", backup);
        add(text, "drain", drain);
        return text.toString();
    }

    private static void add(StringJoiner text, String parameter, boolean written) {
        if (written) {
            text.add(parameter);
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
