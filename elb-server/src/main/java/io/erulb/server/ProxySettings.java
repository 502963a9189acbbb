package io.erulb.server;

import io.erulb.proxy.ClientTimeouts;
import io.erulb.proxy.ProxyTimeouts;
import io.erulb.proxy.Upgrades;
import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.rules.spi.IpRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the proxy and of those it deals with. Immutable.
 *
 * @param ioThreads threads that serve connections
 * @param clients what clients may take
 * @param servers what is asked of servers
 * @param upgrades protocols that clients may switch to
 * @param trustedProxies who is believed about where a request came from
 * @param countsEdges whether requests are counted at each edge of the rules that they come by
 */
public record ProxySettings(
        int ioThreads,
        Clients clients,
        Servers servers,
        Upgrades upgrades,
        List<IpRange> trustedProxies,
        boolean countsEdges) {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final int MOST_CONNECTIONS = 10_000_000;

    /**
     * What clients may take.
     *
     * @param limits of heads, bodies and connections
     * @param timeouts while a request runs
     */
    public record Clients(Http1Limits limits, ClientTimeouts timeouts) {
        private static final int LARGEST_HEAD = 1 << 20;
        private static final SettingsReader.Expected<Long> SIZE =
                new SettingsReader.Expected<>("a size such as 512k, 50m or 1g, or 0 for any", Clients::size);

        static Clients read(SettingsReader settings) {
            Http1Limits usual = Http1Limits.defaults();
            ClientTimeouts waits = ClientTimeouts.defaults();
            ClientTimeouts timeouts = new ClientTimeouts(
                    settings.duration("BODY_TIMEOUT", waits.body(), LEAST),
                    settings.duration("SEND_TIMEOUT", waits.send(), LEAST));
            Http1Limits limits = usual.withHead(head(settings, usual.head()))
                    .withBody(settings.parsed("MAX_BODY", usual.maxBody(), SIZE))
                    .withWaits(new Http1Limits.Waits(
                            settings.duration("HEAD_TIMEOUT", usual.waits().head(), LEAST),
                            settings.duration(
                                    "CLIENT_KEEPALIVE_TIMEOUT", usual.waits().keepAlive(), LEAST),
                            timeouts.send()))
                    .withConnections(connections(settings, usual.connections()));
            return new Clients(limits, timeouts);
        }

        private static Http1Limits.Head head(SettingsReader settings, Http1Limits.Head usual) {
            return new Http1Limits.Head(
                    settings.size("MAX_HEAD", usual.bytes(), 64, LARGEST_HEAD),
                    settings.integer("MAX_FIELDS", usual.fields(), 10_000),
                    settings.size("MAX_TARGET", usual.target(), 1, LARGEST_HEAD));
        }

        private static Http1Limits.Connections connections(SettingsReader settings, Http1Limits.Connections usual) {
            return new Http1Limits.Connections(
                    settings.integer("MAX_CONNECTIONS", usual.inAll(), MOST_CONNECTIONS),
                    settings.integer("MAX_CONNECTIONS_PER_CLIENT", usual.perClient(), MOST_CONNECTIONS));
        }

        private static @Nullable Long size(String text) {
            Long bytes = Quantity.bytes(text);
            return bytes == null || bytes > 0 ? bytes : Long.valueOf(Long.MAX_VALUE);
        }
    }

    /**
     * What is asked of servers.
     *
     * @param timeouts how long they are waited for
     * @param maxConnections in use at a time at a server without {@code max_conns}; 0: any number
     * @param maxIdle unused connections kept per server and I/O thread
     * @param names how often their names are looked up
     */
    public record Servers(ProxyTimeouts timeouts, int maxConnections, int maxIdle, NameSettings names) {
        private static final int USUAL_IDLE = 256;
        private static final int MOST_IDLE = 65_536;

        static Servers read(SettingsReader settings) {
            ProxyTimeouts usual = ProxyTimeouts.defaults();
            ProxyTimeouts timeouts = new ProxyTimeouts(
                    settings.duration("CONNECT_TIMEOUT", usual.connect(), LEAST),
                    settings.duration("FIRST_BYTE_TIMEOUT", usual.firstByte(), LEAST),
                    settings.duration("IDLE_TIMEOUT", usual.idle(), LEAST),
                    settings.duration("TUNNEL_IDLE_TIMEOUT", usual.tunnelIdle(), LEAST),
                    settings.duration("KEEPALIVE_TIMEOUT", usual.keepAlive(), LEAST));
            return new Servers(
                    timeouts,
                    settings.integer("MAX_CONNECTIONS_PER_SERVER", 0, 0, MOST_CONNECTIONS),
                    settings.integer("MAX_IDLE_PER_SERVER", USUAL_IDLE, MOST_IDLE),
                    NameSettings.read(settings));
        }
    }

    private static final SettingsReader.Expected<List<IpRange>> RANGES = new SettingsReader.Expected<>(
            "addresses or blocks by comma, such as 10.0.0.0/8,2001:db8::/32", ProxySettings::ranges);
    private static final SettingsReader.Expected<Upgrades> PROTOCOLS = new SettingsReader.Expected<>(
            "protocols by comma, such as websocket, or none; never HTTP's own such as h2c, since the requests in such"
                    + " a tunnel would be read by nobody",
            ProxySettings::upgrades);

    static ProxySettings read(SettingsReader settings) {
        return new ProxySettings(
                settings.integer("IO_THREADS", Runtime.getRuntime().availableProcessors(), 1_024),
                Clients.read(settings),
                Servers.read(settings),
                settings.parsed("UPGRADES", Upgrades.defaults(), PROTOCOLS),
                settings.parsed("TRUSTED_PROXIES", List.of(), RANGES),
                settings.onOff("RULE_COUNTERS", true));
    }

    private static @Nullable List<IpRange> ranges(String text) {
        try {
            return parts(text).stream().map(IpRange::parse).toList();
        } catch (IllegalArgumentException notABlock) {
            return null;
        }
    }

    private static @Nullable Upgrades upgrades(String text) {
        try {
            return Upgrades.of(text.equals("none") ? List.of() : parts(text));
        } catch (IllegalArgumentException notAllowed) {
            return null;
        }
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
