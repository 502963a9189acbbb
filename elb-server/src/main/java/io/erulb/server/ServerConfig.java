package io.erulb.server;

import io.erulb.proxy.TrafficRecorder;
import io.erulb.routing.StickySecret;
import io.erulb.server.accesslog.AccessLogSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a server, checked. Immutable. The README's table has each setting's name, default and meaning.
 *
 * @param name the first part of our keys in the store and of our names in StatsD
 * @param instance what people know this instance by, or null for its host and port
 * @param listen where requests come in
 * @param admin who may use the admin API, and where
 * @param store where the configuration is kept
 * @param dataDir a folder for the last good copy of the configuration, or null for no copy
 * @param statsd where figures go, or null for nowhere
 * @param accessLog where requests are logged, and how; null for nowhere
 * @param plugins a folder of jars with further types of filter and balancer, or null
 * @param stickySecret what sticky cookies are made with, or null for one that no other instance has
 * @param recording how many requests are kept to try other rules on, or null for none
 * @param proxy limits of the proxy and of those it deals with
 * @param lifecycle limits of starting and stopping
 */
public record ServerConfig(
        String name,
        @Nullable String instance,
        HostPort listen,
        Admin admin,
        StoreSettings store,
        @Nullable Path dataDir,
        @Nullable HostPort statsd,
        @Nullable AccessLogSettings accessLog,
        @Nullable Path plugins,
        @Nullable StickySecret stickySecret,
        TrafficRecorder.@Nullable Settings recording,
        ProxySettings proxy,
        Lifecycle lifecycle) {
    private static final SettingsReader.Expected<String> NAME = new SettingsReader.Expected<>(
            "a name without slash and blanks, such as ELB", text -> text.matches("[^/\\s]+") ? text : null);
    private static final int LEAST_SECRET = 16;
    private static final SettingsReader.Expected<Path> WRITABLE =
            new SettingsReader.Expected<>("a folder that can be made or written", ServerConfig::writable);
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
                settings.text("INSTANCE"),
                settings.address("LISTEN", "0.0.0.0:8080"),
                Admin.read(settings),
                StoreSettings.read(settings),
                settings.optional("DATA_DIR", WRITABLE),
                settings.optional("STATSD", SettingsReader.ADDRESS),
                AccessLogReading.read(settings),
                settings.optional("PLUGINS", FOLDER),
                stickySecret(settings),
                WhatIfSettings.read(settings),
                ProxySettings.read(settings),
                Lifecycle.read(settings));
    }

    private static @Nullable StickySecret stickySecret(SettingsReader settings) {
        String text = settings.text("STICKY_SECRET");
        if (text != null && text.length() < LEAST_SECRET) {
            settings.refuse(
                    "STICKY_SECRET: too short (expected: at least " + LEAST_SECRET + " characters, best random)");
        }
        return text == null ? null : StickySecret.of(text);
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

    /** The nearest folder that is there says whether those below it can be made. */
    private static @Nullable Path writable(String text) {
        Path folder = path(text);
        Path there = folder == null ? null : folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there) ? folder : null;
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
