package io.erulb.server;

import io.erulb.store.ConfigStore;
import io.erulb.store.etcd.EtcdConfigStore;
import io.erulb.store.etcd.EtcdConfigStoreBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How etcd is reached. Immutable.
 *
 * @param endpoints one or more, each {@code http://host:port} or {@code https://host:port}
 * @param login the user, or null when etcd asks for none
 * @param tls certificates, each of which may be absent
 */
public record EtcdSettings(List<URI> endpoints, @Nullable Login login, Tls tls) {
    private static final int DEFAULT_PORT = 2379;

    /** Copies the list. */
    public EtcdSettings {
        endpoints = List.copyOf(endpoints);
    }

    /** Reads {@code ETCD_URL}, else {@code ETCD}, else {@code ETCD_HOST} and {@code ETCD_PORT}, as the original did. */
    static EtcdSettings read(SettingsReader settings) {
        Tls tls = Tls.read(settings);
        String scheme = tls.isEmpty() ? "http" : "https";
        String pair = hostAndPort(settings);
        String single = settings.text("ETCD", pair);
        String url = settings.text("ETCD_URL", single);
        String name = Stream.of("ETCD_URL", "ETCD")
                .filter(each -> settings.text(each) != null)
                .findFirst()
                .orElse("ETCD_HOST");
        return new EtcdSettings(endpoints(settings, name, url, scheme), Login.read(settings), tls);
    }

    /** A store at these settings, not connected yet. */
    ConfigStore open(String name) {
        try {
            EtcdConfigStoreBuilder store = EtcdConfigStore.builder()
                    .name(name)
                    .endpoints(endpoints.stream().map(URI::toString).collect(Collectors.joining(",")));
            if (login != null) {
                store.login(login.user(), login.password());
            }
            tls.applyTo(store);
            return store.build();
        } catch (IllegalArgumentException mismatch) {
            throw new ServerConfigException(List.of(String.valueOf(mismatch.getMessage())));
        }
    }

    private static String hostAndPort(SettingsReader settings) {
        String host = settings.text("ETCD_HOST", "127.0.0.1");
        int port = settings.integer("ETCD_PORT", DEFAULT_PORT, 65_535);
        return new HostPort(host, port).toString();
    }

    private static List<URI> endpoints(SettingsReader settings, String name, String list, String scheme) {
        List<URI> endpoints = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            URI endpoint = endpoint(item.strip(), scheme);
            if (endpoint == null) {
                settings.refuse(
                        name, item, "host:port or http(s)://host:port, several by comma, such as 127.0.0.1:2379");
            } else {
                endpoints.add(endpoint);
            }
        }
        return endpoints;
    }

    private static @Nullable URI endpoint(String text, String defaultScheme) {
        int scheme = text.indexOf("://");
        String protocol = scheme < 0 ? defaultScheme : text.substring(0, scheme);
        String authority = (scheme < 0 ? text : text.substring(scheme + 3)).replaceFirst("/$", "");
        boolean portMissing = authority.indexOf(':') < 0 || authority.endsWith("]");
        HostPort address = HostPort.parse(portMissing ? authority + ":" + DEFAULT_PORT : authority);
        boolean known = protocol.equals("http") || protocol.equals("https");
        return address == null || address.port() == 0 || !known ? null : uri(protocol + "://" + address);
    }

    /** Null where a URI can't have the host, as with an underscore in its name: etcd's client takes URIs. */
    private static @Nullable URI uri(String text) {
        try {
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException noServer) {
            return null;
        }
    }

    /**
     * A user of etcd.
     *
     * @param user the name
     * @param password never printed
     */
    public record Login(String user, String password) {
        static @Nullable Login read(SettingsReader settings) {
            String user = settings.text("ETCD_USER");
            String password = settings.text("ETCD_PASSWORD");
            if ((user == null) != (password == null)) {
                settings.refuse("ETCD_USER and ETCD_PASSWORD: only one of them is set (expected: both or neither)");
            }
            return user == null || password == null ? null : new Login(user, password);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Files in PEM form for https endpoints.
     *
     * @param authority certificates of those who may sign etcd's, or null for the system's
     * @param certificate our own certificate, or null
     * @param key the key of our certificate (PKCS 8), or null
     */
    public record Tls(
            @Nullable Path authority,
            @Nullable Path certificate,
            @Nullable Path key) {
        private static final SettingsReader.Expected<Path> FILE =
                new SettingsReader.Expected<>("a readable file in PEM form", Tls::readable);

        static Tls read(SettingsReader settings) {
            boolean certificate = settings.text("ETCD_CERT") != null;
            boolean key = settings.text("ETCD_KEY") != null;
            if (certificate != key) {
                settings.refuse("ETCD_CERT and ETCD_KEY: only one of them is set (expected: both or neither)");
            }
            return new Tls(
                    settings.optional("ETCD_CA", FILE),
                    settings.optional("ETCD_CERT", FILE),
                    settings.optional("ETCD_KEY", FILE));
        }

        private void applyTo(EtcdConfigStoreBuilder store) {
            if (authority != null) {
                store.trust(authority);
            }
            if (certificate != null && key != null) {
                store.certificate(certificate, key);
            }
        }

        boolean isEmpty() {
            return authority == null && certificate == null && key == null;
        }

        private static @Nullable Path readable(String text) {
            Path file = ServerConfig.path(text);
            return file != null && Files.isRegularFile(file) && Files.isReadable(file) ? file : null;
        }
    }
}
