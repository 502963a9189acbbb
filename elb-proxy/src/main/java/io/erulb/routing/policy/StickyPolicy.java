package io.erulb.routing.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sticky}: clients are bound to a server by a cookie (RFC 6265). Immutable.
 *
 * @param cookie its name
 * @param path the Path attribute
 * @param maxAge the Max-Age attribute; null: until the browser ends
 * @param secure the Secure attribute
 * @param httpOnly the HttpOnly attribute
 * @param sameSite the SameSite attribute: {@code Lax}, {@code Strict} or {@code None}
 */
public record StickyPolicy(
        String cookie, String path, @Nullable Duration maxAge, boolean secure, boolean httpOnly, String sameSite) {
    private static final String USUAL_NAME = "elb";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String PATH = "/[!-:<-~]*";

    static @Nullable StickyPolicy read(@Nullable PolicyArgs section) {
        if (section == null) {
            return null;
        }
        String cookie = section.text("cookie");
        if (cookie != null && !cookie.matches(TOKEN)) {
            section.fault("cookie", "expected: the name of a cookie, of letters, digits and a few marks");
        }
        String path = section.text("path");
        if (path != null && !path.matches(PATH)) {
            section.fault("path", "expected: a path that begins with / and has no blanks and semicolons");
        }
        StickyPolicy policy = new StickyPolicy(
                cookie == null ? USUAL_NAME : cookie,
                path == null ? "/" : path,
                section.time("max_age"),
                section.flag("secure", false),
                section.flag("http_only", true),
                capitalized(section.word("same_site", "lax", List.of("lax", "strict", "none"))));
        if (policy.sameSite.equals("None") && !policy.secure) {
            section.fault("same_site", "expected: lax or strict, since browsers take none only with \"secure\": true");
        }
        return policy;
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The value of a Set-Cookie field. */
    public String field(String value) {
        StringBuilder field = new StringBuilder(cookie)
                .append('=')
                .append(value)
                .append("; Path=")
                .append(path);
        if (maxAge != null) {
            field.append("; Max-Age=").append(Math.max(1, maxAge.toSeconds()));
        }
        if (secure) {
            field.append("; Secure");
        }
        if (httpOnly) {
            field.append("; HttpOnly");
        }
        return field.append("; SameSite=").append(sameSite).toString();
    }
}
