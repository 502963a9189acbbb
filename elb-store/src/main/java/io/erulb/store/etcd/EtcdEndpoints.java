package io.erulb.store.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of an etcd cluster, one at least. Immutable.
 *
 * @param uris their addresses, each with scheme, host and port
 */
record EtcdEndpoints(List<URI> uris) {

    private static final int DEFAULT_PORT = 2379;
    private static final String EXPECTED =
            " (expected: host:port, http://host:port or https://host:port, several separated by commas)";

    /** Reads a list separated by commas; {@link IllegalArgumentException} names what can't be read. */
    static EtcdEndpoints parse(String text) {
        List<URI> uris = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                uris.add(endpoint(part.strip()));
            }
        }
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("etcd endpoints: \"" + text + "\"" + EXPECTED);
        }
        if (uris.stream().map(URI::getScheme).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "etcd endpoints: \"" + text + "\" (expected: all of them http or all of them https)");
        }
        return new EtcdEndpoints(List.copyOf(uris));
    }

    /** Returns whether the members are spoken to by TLS. */
    boolean secure() {
        return uris.get(0).getScheme().equals("https");
    }

    /** Returns them for people: {@code 10.0.0.1:2379,10.0.0.2:2379}. */
    @Override
    public String toString() {
        return uris.stream().map(URI::getAuthority).collect(Collectors.joining(","));
    }

    private static URI endpoint(String text) {
        URI uri = uri(text.contains("://") ? text : "http://" + text);
        if (uri == null || !isEndpoint(uri)) {
            throw new IllegalArgumentException("etcd endpoint: \"" + text + "\"" + EXPECTED);
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + ":" + port);
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isEndpoint(URI uri) {
        return Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
                && uri.getHost() != null
                && uri.getPort() <= 0xFFFF
                && uri.getPort() != 0
                && uri.getUserInfo() == null
                && uri.getQuery() == null
                && Set.of("", "/").contains(uri.getPath());
    }
}
