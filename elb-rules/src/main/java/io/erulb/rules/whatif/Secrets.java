package io.erulb.rules.whatif;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestValue.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of requests that are kept as a hash only: those of some headers and query parameters, and of all cookies. The
 * hash is SipHash-2-4 with a key of this object's own, drawn at random. Immutable.
 *
 * <p>What takes a value's place begins with {@link #MARK}, so that whoever reads it knows that it is not what was sent.
 */
public final class Secrets {
    /** What no value that is kept as it came begins with; one that a client sends so only counts as hidden too. */
    static final String MARK = "hidden:";

    private static final List<String> USUAL_HEADERS =
            List.of("authorization", "proxy-authorization", "x-api-key", "x-auth-token", "elb-token");
    private static final List<String> USUAL_PARAMETERS = List.of(
            "access_token",
            "refresh_token",
            "id_token",
            "token",
            "api_key",
            "apikey",
            "password",
            "secret",
            "sig",
            "signature");
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private final SipHash hash = SipHash.random();
    private final Set<String> parameters;

    /** By the length of the names, in lower case: most headers are told from them by that. */
    private final String[][] headers;

    private Secrets(Set<String> headers, Set<String> parameters) {
        int longest = headers.stream().mapToInt(String::length).max().orElse(0);
        this.headers = new String[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            this.headers[length] =
                    headers.stream().filter(name -> name.length() == wanted).toArray(String[]::new);
        }
        this.parameters = Set.copyOf(parameters);
    }

    /** Those of Authorization, Proxy-Authorization, X-Api-Key, X-Auth-Token, ELB-Token, cookies, and parameters such as access_token. */
    public static Secrets usual() {
        return usualAnd(List.of());
    }

    /**
     * The usual ones and more.
     *
     * @param more headers by name, or {@code header:NAME} and {@code query:NAME}
     * @throws IllegalArgumentException when one is neither
     */
    public static Secrets usualAnd(Collection<String> more) {
        Set<String> headers = new HashSet<>(USUAL_HEADERS);
        Set<String> parameters = new HashSet<>(USUAL_PARAMETERS);
        for (String name : more) {
            RequestValue value = RequestValue.parse(name.indexOf(':') < 0 ? "header:" + name : name);
            if (value == null || (value.kind() != Kind.HEADER && value.kind() != Kind.QUERY)) {
                throw new IllegalArgumentException(name + " (expected: a header's name, header:NAME or query:NAME)");
            }
            (value.kind() == Kind.HEADER ? headers : parameters)
                    .add(value.name().toLowerCase(Locale.ROOT));
        }
        return new Secrets(headers, parameters);
    }

    /** What is kept of a header's value. */
    String header(String name, String value) {
        if (name.equalsIgnoreCase("Cookie")) {
            return cookies(value);
        }
        if (name.equalsIgnoreCase("Referer")) {
            return url(value);
        }
        return isSecret(name) ? hidden(value) : value;
    }

    /** Whether a header is kept as a hash as a whole. */
    boolean isSecret(String name) {
        int length = name.length();
        if (length < headers.length) {
            for (String secret : headers[length]) {
                if (secret.equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String url(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question + 1) + query(url.substring(question + 1));
    }

    /** What is kept of a query. It ends soon after {@link Kept#LONGEST}, since no more is kept. */
    String query(String query) {
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at < query.length() && kept.length() + at - copied <= Kept.LONGEST) {
            int nameEnd = next(query, at, "=&;");
            int end = next(query, nameEnd, "&;");
            if (query.startsWith("=", nameEnd) && isParameter(query, at, nameEnd)) {
                // A semicolon is one of its value to most servers.
                end = next(query, end, "&");
                kept.append(query, copied, nameEnd + 1);
                appendHidden(kept, query, nameEnd + 1, end);
                copied = end;
            }
            at = end + 1;
        }
        int seen = Math.min(at, query.length());
        return copied == 0
                ? query.substring(0, seen)
                : kept.append(query, copied, seen).toString();
    }

    /** Where the next of these characters is, or else the end. */
    private static int next(String text, int from, String any) {
        int at = from;
        while (at < text.length() && any.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Whether a name, be it {@code token} or {@code token[]}, is one of a secret. */
    private boolean isParameter(String query, int start, int end) {
        String name = query.substring(start, end);
        boolean escaped = name.indexOf('%') >= 0 || name.indexOf('+') >= 0;
        // No spelling gets past: what can't be read is hidden as well.
        String read = (escaped ? decoded(name) : name).toLowerCase(Locale.ROOT);
        return parameters.contains(read) || parameters.contains(read.substring(0, next(read, 0, "[")));
    }

    private String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "secret";
        }
    }

    private String cookies(String value) {
        StringBuilder kept = new StringBuilder(Math.min(value.length(), Kept.LONGEST) + 24);
        int at = 0;
        while (at < value.length() && kept.length() <= Kept.LONGEST) {
            int nameEnd = next(value, at, "=;");
            int end = next(value, nameEnd, ";");
            int from = blanksEnd(value, value.startsWith("=", nameEnd) ? nameEnd + 1 : at, end);
            kept.append(value, at, from);
            appendHidden(kept, value, from, blankEnd(value, from, end));
            if (end < value.length()) {
                kept.append(';');
            }
            at = end + 1;
        }
        return kept.toString();
    }

    private static int blanksEnd(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    /** Where the value ends without the blanks behind it, which are none of it. */
    private static int blankEnd(String text, int from, int end) {
        int at = end;
        while (at > from && text.charAt(at - 1) <= ' ') {
            at--;
        }
        return at;
    }

    /** What is kept of a secret. */
    String hidden(String value) {
        StringBuilder text = new StringBuilder(MARK.length() + 16);
        appendHidden(text, value, 0, value.length());
        return text.toString();
    }

    private void appendHidden(StringBuilder text, String value, int from, int to) {
        long number = hash.of(value, from, to);
        text.append(MARK);
        for (int shift = 60; shift >= 0; shift -= 4) {
            text.append(DIGITS[(int) (number >>> shift) & 15]);
        }
    }

    /** Whether a value may be other than what was sent. */
    static boolean isHidden(@Nullable String value) {
        return value != null && value.contains(MARK);
    }
}
