package io.erulb.proxy.http1;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fields that concern one connection and are never passed on (RFC 9110 7.6.1; RFC 9112 9). */
public final class HopByHop {
    private static final Set<HttpString> NAMES = Set.of(
            Headers.CONNECTION,
            Headers.KEEP_ALIVE,
            Headers.TRANSFER_ENCODING,
            Headers.UPGRADE,
            new HttpString("Proxy-Connection"),
            new HttpString("TE"),
            new HttpString("Trailer"));

    private HopByHop() {}

    /** Whether a field of this name ends at this hop whatever Connection says. */
    public static boolean isHopByHop(HttpString name) {
        return NAMES.contains(name);
    }

    /** The options named by all Connection fields; empty when there are none but {@code close} and {@code keep-alive}. */
    public static List<String> connectionOptions(HeaderMap fields) {
        HeaderValues values = fields.get(Headers.CONNECTION);
        if (values == null || (values.size() == 1 && isPlain(values.getFirst()))) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            options.addAll(tokens(values.get(i)));
        }
        options.removeIf(HopByHop::isPlain);
        return options;
    }

    private static boolean isPlain(String option) {
        return option.equalsIgnoreCase("keep-alive") || option.equalsIgnoreCase("close");
    }

    /** The elements of a comma-separated list, without blanks around them and without empty ones (RFC 9110 5.6.1). */
    public static List<String> tokens(String list) {
        if (list.indexOf(',') < 0) {
            String only = list.trim();
            return only.isEmpty() ? List.of() : List.of(only);
        }
        List<String> tokens = new ArrayList<>();
        for (String token : list.split(",", -1)) {
            String trimmed = token.trim();
            if (!trimmed.isEmpty()) {
                tokens.add(trimmed);
            }
        }
        return tokens;
    }

    /** The seconds of {@code timeout=N} in a Keep-Alive field, -1 when it has none. */
    public static int timeout(String keepAlive) {
        for (String token : tokens(keepAlive)) {
            if (token.regionMatches(true, 0, "timeout=", 0, 8)) {
                try {
                    return Integer.parseUnsignedInt(token.substring(8));
                } catch (NumberFormatException notANumber) {
                    return -1;
                }
            }
        }
        return -1;
    }
}
