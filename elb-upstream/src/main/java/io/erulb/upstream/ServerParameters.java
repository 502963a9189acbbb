package io.erulb.upstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a server, read from text: see {@link ServerSpec} for what each means. */
record ServerParameters(
        int weight, int maxFails, Duration failTimeout, int maxConns, boolean down, boolean backup, boolean drain) {
    static final int MAX_WEIGHT = 65_535;

    /** nginx's: the {@code server} directive of ngx_http_upstream_module. */
    static final ServerParameters DEFAULTS = new ServerParameters(1, 1, Duration.ofSeconds(10), 0, false, false, false);

    private static final List<String> NAMES =
            List.of("weight", "max_fails", "fail_timeout", "max_conns", "down", "backup", "drain");

    /** Reads parameters; what is wrong joins {@code faults}, and then the answer means nothing. */
    static ServerParameters parse(String address, String text, List<ServerFault> faults) {
        return new Reader(address, faults).read(text);
    }

    /** Reads one text: first into names and what stands behind them, then each by its type. */
    private static final class Reader {
        private final String address;
        private final List<ServerFault> faults;
        private final Map<String, String> written = new LinkedHashMap<>();

        private Reader(String address, List<ServerFault> faults) {
            this.address = address;
            this.faults = faults;
        }

        private ServerParameters read(String text) {
            if (!text.isBlank()) {
                List.of(text.strip().split("\\s+")).forEach(this::take);
            }
            return new ServerParameters(
                    number("weight", new Whole(1, MAX_WEIGHT), DEFAULTS.weight()),
                    number("max_fails", new Whole(0, Integer.MAX_VALUE), DEFAULTS.maxFails()),
                    time("fail_timeout", DEFAULTS.failTimeout()),
                    number("max_conns", new Whole(0, Integer.MAX_VALUE), DEFAULTS.maxConns()),
                    flag("down"),
                    flag("backup"),
                    flag("drain"));
        }

        private void take(String token) {
            int equals = token.indexOf('=');
            String name = equals < 0 ? token : token.substring(0, equals);
            if (!NAMES.contains(name)) {
                fault(name, token, "one of " + String.join(", ", NAMES));
            } else if (written.putIfAbsent(name, token.substring(name.length())) != null) {
                fault(name, token, "each parameter once");
            }
        }

        private int number(String name, Whole accepted, int otherwise) {
            String rest = written.get(name);
            return rest == null ? otherwise : accepted.read(new ServerFault(address, name, value(rest), ""), faults);
        }

        private Duration time(String name, Duration otherwise) {
            String rest = written.get(name);
            if (rest == null) {
                return otherwise;
            }
            Duration time = TimeSpan.parse(value(rest));
            if (time == null) {
                fault(name, value(rest), TimeSpan.EXPECTED);
                return otherwise;
            }
            return time;
        }

        /** A flag stands alone; {@code =true} is how the original's dump writes one. */
        private boolean flag(String name) {
            String rest = written.get(name);
            if (rest != null && !rest.isEmpty() && !rest.equals("=true")) {
                fault(name, value(rest), name + " without a value, or " + name + "=true");
            }
            return rest != null;
        }

        private static String value(String rest) {
            return rest.isEmpty() ? "" : rest.substring(1);
        }

        private void fault(String parameter, String value, String expected) {
            faults.add(new ServerFault(address, parameter, value, expected));
        }
    }
}
