package io.erulb.rules;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.spi.IpRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request written down: for embedders without a server, for explaining and for tests. Immutable.
 *
 * <p>{@code RequestFacts.get("http://t.local/blog/a?x=1").withHeader("User-Agent", "curl").withClient("192.0.2.1")}
 */
public final class RequestFacts implements RequestView {
    private record Field(String name, String value) {}

    private static final InetAddress NO_CLIENT = IpRange.literal("127.0.0.1");

    private final String method;
    private final Target target;
    private final List<Field> fields;
    private final InetAddress client;

    private RequestFacts(String method, Target target, List<Field> fields, InetAddress client) {
        this.method = method;
        this.target = target;
        this.fields = fields;
        this.client = client;
    }

    /** A GET request; see {@link #of}. */
    public static RequestFacts get(String url) {
        return of("GET", url);
    }

    /**
     * A request without headers from 127.0.0.1.
     *
     * @param method as sent, such as {@code POST}
     * @param url {@code http} or {@code https}, with a host; the path in any form
     * @throws IllegalArgumentException when the URL is none of that, or its path has no normal form
     */
    public static RequestFacts of(String method, String url) {
        return new RequestFacts(requireNonNull(method, "method"), Target.parse(url), List.of(), NO_CLIENT);
    }

    /** The same request with one more header line. */
    public RequestFacts withHeader(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(requireNonNull(name, "name"), requireNonNull(value, "value")));
        return new RequestFacts(method, target, List.copyOf(more), client);
    }

    /**
     * The same request from another client.
     *
     * @param address an IP address, v4 or v6
     * @throws IllegalArgumentException when it is none
     */
    public RequestFacts withClient(String address) {
        return new RequestFacts(method, target, fields, IpRange.literal(address));
    }

    /** The host as the URL has it, with its port. */
    public String authority() {
        return target.authority;
    }

    /** The URL as it would be sent: the path in normal form, escaped. */
    public String url() {
        String query = target.query.isEmpty() ? "" : "?" + target.query;
        return target.scheme + "://" + target.authority + UriPath.encode(target.path) + query;
    }

    /** The header lines by name, as written and in their order. */
    public Map<String, List<String>> fields() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        fields.forEach(field ->
                all.computeIfAbsent(field.name, name -> new ArrayList<>()).add(field.value));
        return all;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return target.scheme;
    }

    @Override
    public String host() {
        return target.host;
    }

    @Override
    public String path() {
        return target.path;
    }

    @Override
    public String query() {
        return target.query;
    }

    @Override
    public @Nullable String header(String name) {
        for (Field field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                return field.value;
            }
        }
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name.equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    @Override
    public InetAddress client() {
        return client;
    }

    /** The request line's facts: {@code GET http://t.local/blog/a?x=1}. */
    @Override
    public String toString() {
        String query = target.query.isEmpty() ? "" : "?" + target.query;
        return method + " " + target.scheme + "://" + target.host + UriPath.encode(target.path) + query;
    }

    private record Target(String scheme, String authority, String host, String path, String query) {
        static Target parse(String url) {
            int mark = url.indexOf("://");
            String scheme = mark < 0 ? "" : url.substring(0, mark).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException(url + " (expected: http://host/path or https://host/path)");
            }
            int end = endOfAuthority(url, mark + 3);
            int question = url.indexOf('?', end);
            String path = UriPath.normalize(url.substring(end, question < 0 ? url.length() : question));
            if (path == null) {
                throw new IllegalArgumentException(url + ": the path has no normal form");
            }
            String authority = url.substring(mark + 3, end);
            return new Target(scheme, authority, host(authority), path, query(url, question));
        }

        private static int endOfAuthority(String url, int start) {
            int at = start;
            while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
                at++;
            }
            return at;
        }

        private static String query(String url, int question) {
            if (question < 0) {
                return "";
            }
            int fragment = url.indexOf('#', question);
            return url.substring(question + 1, fragment < 0 ? url.length() : fragment);
        }

        private static String host(String authority) {
            int colon = authority.lastIndexOf(':');
            boolean port = colon > authority.lastIndexOf(']');
            String host = (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
            return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        }
    }
}
