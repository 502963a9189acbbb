package io.erulb.server;

import io.erulb.proxy.ProxyTimeouts;
import io.erulb.rules.spi.IpRange;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a server, checked. Immutable. The README's table has each setting's name, default and meaning.
 *
 * @param name the first part of our keys in the store and of our names in StatsD
 * @param listen where requests come in
 * @param admin who may use the admin API, and where
 * @param store where the configuration is kept
 * @param statsd where figures go, or null for nowhere
 * @param plugins a folder of jars with further filter types, or null
 * @param proxy limits of the proxy
 * @param lifecycle limits of starting and stopping
 */
public record ServerConfig(
        String name,
        HostPort listen,
        Admin admin,
        StoreSettings store,
        @Nullable HostPort statsd,
        @Nullable Path plugins,
        Proxy proxy,
        Lifecycle lifecycle) {
    private static final SettingsReader.Expected<String> NAME = new SettingsReader.Expected<>(
            "a name without slash and blanks, such as ELB", text -> text.matches("[^/\\s]+") ? text : null);
    private static final SettingsReader.Expected<Path> FOLDER =
            new SettingsReader.Expected<>("a folder that can be read", ServerConfig::folder);

    /**
     * Reads settings by their names; names that are no settings are ignored.
     *
     * @throws ServerConfigException with every bad setting
     */
    public static ServerConfig of(Map<String, String> settings) {
        SettingsReader reader = new SettingsReader(settings);
        ServerConfig config = read(reader);
        if (!reader.faults().isEmpty()) {
            throw new ServerConfigException(reader.faults());
        }
        return config;
    }

    /** The names of all settings. */
    static SortedSet<String> settingNames() {
        SettingsReader reader = new SettingsReader(Map.of());
        read(reader);
        return reader.names();
    }

    private static ServerConfig read(SettingsReader settings) {
        return new ServerConfig(
                settings.parsed("ELBNAME", "ELB", NAME),
                settings.address("LISTEN", "0.0.0.0:8080"),
                Admin.read(settings),
                StoreSettings.read(settings),
                settings.optional("STATSD", SettingsReader.ADDRESS),
                settings.optional("PLUGINS", FOLDER),
                Proxy.read(settings),
                Lifecycle.read(settings));
    }

    static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }

    private static @Nullable Path folder(String text) {
        Path folder = path(text);
        return folder != null && Files.isDirectory(folder) && Files.isReadable(folder) ? folder : null;
    }

    /**
     * Who may use the admin API, and where.
     *
     * @param listen a listener of its own, or null for the data port
     * @param token the bearer token asked for, or null; never printed
     */
    public record Admin(@Nullable HostPort listen, @Nullable String token) {
        private static final String VISIBLE = "[\\x21-\\x7e]+";

        static Admin read(SettingsReader settings) {
            String token = settings.text("ADMIN_TOKEN");
            if (token != null && !token.matches(VISIBLE)) {
                settings.refuse(
                        "ADMIN_TOKEN: has blanks or characters beyond ASCII (expected: visible ASCII characters)");
            }
            return new Admin(settings.optional("ADMIN_LISTEN", SettingsReader.ADDRESS), token);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Admin[listen=" + listen + ", token=" + (token == null ? "none" : "set") + "]";
        }
    }

    /**
     * Limits of the proxy.
     *
     * @param timeouts how long it waits
     * @param maxBody the largest request body in bytes
     * @param ioThreads threads that serve connections
     * @param trustedProxies who is believed about where a request came from
     */
    public record Proxy(ProxyTimeouts timeouts, long maxBody, int ioThreads, List<IpRange> trustedProxies) {
        private static final Duration LEAST = Duration.ofMillis(1);
        private static final long DEFAULT_MAX_BODY = 50L << 20;
        private static final SettingsReader.Expected<Long> SIZE =
                new SettingsReader.Expected<>("a size such as 512k, 50m or 1g, or 0 for any", Proxy::size);
        private static final SettingsReader.Expected<List<IpRange>> RANGES = new SettingsReader.Expected<>(
                "addresses or blocks by comma, such as 10.0.0.0/8,2001:db8::/32", Proxy::ranges);

        static Proxy read(SettingsReader settings) {
            ProxyTimeouts usual = ProxyTimeouts.defaults();
            ProxyTimeouts timeouts = new ProxyTimeouts(
                    settings.duration("CONNECT_TIMEOUT", usual.connect(), LEAST),
                    settings.duration("FIRST_BYTE_TIMEOUT", usual.firstByte(), LEAST),
                    settings.duration("IDLE_TIMEOUT", usual.idle(), LEAST),
                    settings.duration("TUNNEL_IDLE_TIMEOUT", usual.tunnelIdle(), LEAST),
                    settings.duration("KEEPALIVE_TIMEOUT", usual.keepAlive(), LEAST));
            return new Proxy(
                    timeouts,
                    settings.parsed("MAX_BODY", DEFAULT_MAX_BODY, SIZE),
                    settings.integer("IO_THREADS", Runtime.getRuntime().availableProcessors(), 1_024),
                    settings.parsed("TRUSTED_PROXIES", List.of(), RANGES));
        }

        private static @Nullable List<IpRange> ranges(String text) {
            try {
                return Arrays.stream(text.split(",", -1))
                        .map(part -> IpRange.parse(part.strip()))
                        .toList();
            } catch (IllegalArgumentException notABlock) {
                return null;
            }
        }

        private static @Nullable Long size(String text) {
            Long bytes = Quantity.bytes(text);
            return bytes == null || bytes > 0 ? bytes : Long.valueOf(Long.MAX_VALUE);
        }
    }

    /**
     * Limits of starting and stopping.
     *
     * @param startWait how long the port stays closed while the first configuration is not there
     * @param drain how long running requests may take after we are told to stop
     */
    public record Lifecycle(Duration startWait, Duration drain) {
        static Lifecycle read(SettingsReader settings) {
            return new Lifecycle(
                    settings.duration("START_WAIT", Duration.ofSeconds(3), Duration.ZERO),
                    settings.duration("DRAIN_TIMEOUT", Duration.ofSeconds(30), Duration.ZERO));
        }
    }
}
