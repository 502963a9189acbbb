package io.erulb.proxy;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The protocols that a client may switch to by Upgrade (RFC 9110 7.8), compared ignoring case. Immutable.
 *
 * @param protocols in lower case
 */
public record Upgrades(Set<String> protocols) {
    private static final Pattern PROTOCOL = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+(/[a-z0-9!#$%&'*+.^_`|~-]+)?");

    /** Requests inside such a tunnel would go by no rule and no limit. */
    private static final Set<String> HTTP = Set.of("h2c", "h2", "http");

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException when one is no name of a protocol, or is HTTP's: {@code h2c} is never tunnelled
     */
    public Upgrades {
        protocols = protocols.stream()
                .map(protocol -> protocol.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        protocols.forEach(Upgrades::check);
    }

    private static void check(String protocol) {
        if (!PROTOCOL.matcher(protocol).matches()) {
            throw new IllegalArgumentException("upgrade: " + protocol + " (expected: a protocol such as websocket)");
        }
        if (HTTP.contains(protocol.split("/", -1)[0])) {
            throw new IllegalArgumentException("upgrade: " + protocol
                    + " (expected: no HTTP, since the requests in its tunnel would be read by nobody)");
        }
    }

    /** These and no others. */
    public static Upgrades of(Collection<String> protocols) {
        return new Upgrades(Set.copyOf(protocols));
    }

    /** Only {@code websocket}. */
    public static Upgrades defaults() {
        return of(Set.of("websocket"));
    }

    boolean allow(String protocol) {
        return protocols.contains(protocol.toLowerCase(Locale.ROOT));
    }
}
