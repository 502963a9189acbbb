package io.erulb.rules.whatif;

import io.erulb.rules.RequestView;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.UriPath;
import io.erulb.rules.Walk;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is kept: what filters read of it, secrets as hashes and long values cut, with the graph that decided and the
 * way it took. What was decided follows from these, and is not kept: it may hold a captured secret. Immutable.
 */
final class Kept implements RequestView {
    /** Characters of a value that are kept. */
    static final int LONGEST = 1_000;

    static final int MOST_FIELDS = 64;

    /** Of all fields' names and values. */
    private static final int MOST_CHARACTERS = 8 * LONGEST;

    private static final String CUT = Secrets.MARK + "cut";

    private final long number;
    private final long millis;
    private final String method;
    private final String scheme;
    private final String host;
    private final String path;
    private final String query;
    private final String[] fields;
    private final boolean allFields;
    private final InetAddress client;
    private final RuleGraph graph;
    private final Walk walk;

    /** @param fields names and values by turns; taken over, and shorn of secrets */
    Kept(long number, RequestView request, String[] fields, Secrets secrets, RuleGraph graph, Walk walk) {
        this.number = number;
        this.millis = System.currentTimeMillis();
        this.method = cut(request.method());
        this.scheme = request.scheme();
        this.host = cut(request.host());
        this.path = cut(request.path());
        this.query = cut(secrets.query(request.query()));
        this.fields = shorn(fields, secrets);
        this.allFields = this.fields.length == fields.length;
        this.client = request.client();
        this.graph = graph;
        this.walk = walk;
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + CUT;
    }

    /** As many fields as are kept, the first ones. */
    private static String[] shorn(String[] fields, Secrets secrets) {
        int count = Math.min(fields.length, 2 * MOST_FIELDS);
        int characters = 0;
        for (int i = 0; i < count; i += 2) {
            String value = cut(secrets.header(fields[i], fields[i + 1]));
            characters += fields[i].length() + value.length();
            if (characters > MOST_CHARACTERS) {
                return Arrays.copyOf(fields, i);
            }
            fields[i + 1] = value;
        }
        return count == fields.length ? fields : Arrays.copyOf(fields, count);
    }

    static boolean isCut(String value) {
        return value.endsWith(CUT);
    }

    /** Tells it from others of its ring. */
    long number() {
        return number;
    }

    Instant at() {
        return Instant.ofEpochMilli(millis);
    }

    RuleGraph graph() {
        return graph;
    }

    Walk walk() {
        return walk;
    }

    /** Whether there were no more fields than are kept. */
    boolean allFields() {
        return allFields;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    @Override
    public InetAddress client() {
        return client;
    }

    /** The request line's facts: {@code GET http://t.local/blog/a?x=1}. */
    @Override
    public String toString() {
        return method + " " + scheme + "://" + host + UriPath.encode(path) + (query.isEmpty() ? "" : "?" + query);
    }
}
