package io.erulb.rules;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The one normal form of a path that filters match, and the way back to what may be sent.
 *
 * <p>The normal form is nginx's {@code $uri}: percent escapes decoded once (an escaped slash or dot counts as one),
 * slashes merged, dot segments resolved. Bytes that are no UTF-8 are read as Latin-1. Safe for use by many threads.
 */
public final class UriPath {
    private static final String ESCAPED = "\"#%<>?\\^`{|}";

    private UriPath() {}

    /**
     * The normal form of a request target's path.
     *
     * @param rawPath the path as sent; a query or fragment behind it is left out, an empty path is {@code /}
     * @return the normal form, the argument itself when it already is; null where nginx answers 400: a broken escape,
     *     NUL, a raw control character or blank, {@code ..} above the root, no leading slash
     */
    public static @Nullable String normalize(String rawPath) {
        if (isPlain(rawPath)) {
            return rawPath;
        }
        String path = withoutQueryAndFragment(rawPath);
        if (path.isEmpty()) {
            return "/";
        }
        if (path.charAt(0) != '/' || hasRawControls(path)) {
            return null;
        }
        String decoded = PercentCoding.decode(path);
        return decoded == null || decoded.indexOf('\0') >= 0 ? null : resolve(decoded, false);
    }

    /**
     * A path in normal form made fit to be sent: blanks, controls and the characters RFC 3986 has no place for in a path
     * are escaped, as are {@code % ? #}; non-ASCII characters are escaped as UTF-8.
     *
     * @return the argument itself when nothing is to escape
     */
    public static String encode(String path) {
        int at = 0;
        while (at < path.length() && !isEscaped(path.charAt(at))) {
            at++;
        }
        return at == path.length() ? path : encodeFrom(path, at);
    }

    /** What a rewrite makes of a path: one leading slash, slashes merged, dot segments resolved, not above the root. */
    static String rooted(String path) {
        if (isPlain(path)) {
            return path;
        }
        String resolved = resolve("/" + path, true);
        return resolved == null ? "/" : resolved;
    }

    /** Whether the path is in normal form by a look at each char; false says nothing. */
    private static boolean isPlain(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        char before = ' ';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%' || c == '?' || c == '#') {
                return false;
            }
            if (before == '/' && (c == '/' || c == '.')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String withoutQueryAndFragment(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) == '?' || target.charAt(i) == '#') {
                return target.substring(0, i);
            }
        }
        return target;
    }

    private static boolean hasRawControls(String path) {
        return path.chars().anyMatch(c -> c <= ' ' || c == 0x7f);
    }

    private static @Nullable String resolve(String path, boolean stopAtRoot) {
        StringBuilder out = new StringBuilder(path.length());
        int slash = 0;
        while (slash < path.length()) {
            int next = path.indexOf('/', slash + 1);
            int end = next < 0 ? path.length() : next;
            String segment = path.substring(slash + 1, end);
            if (segment.equals("..")) {
                if (out.length() == 0 && !stopAtRoot) {
                    return null;
                }
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                out.append('/').append(segment);
                slash = end;
                continue;
            }
            if (end == path.length()) {
                out.append('/');
            }
            slash = end;
        }
        return out.toString();
    }

    private static boolean isEscaped(char c) {
        return c <= ' ' || c >= 0x7f || ESCAPED.indexOf(c) >= 0;
    }

    private static String encodeFrom(String path, int first) {
        StringBuilder out = new StringBuilder(path.length() + 16).append(path, 0, first);
        for (int i = first; i < path.length(); i++) {
            char c = path.charAt(i);
            if (!isEscaped(c)) {
                out.append(c);
                continue;
            }
            int point = path.codePointAt(i);
            for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                PercentCoding.appendEscaped(out, b);
            }
            i += Character.charCount(point) - 1;
        }
        return out.toString();
    }
}
