package io.erulb.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The name of one stored value. Immutable; ordered by {@link #path()}.
 *
 * <p>Every part of a name is at least one character long and holds neither a slash nor a control character, so that a
 * path can be taken apart again; anything else is an {@link IllegalArgumentException}.
 */
public sealed interface ConfigKey extends Comparable<ConfigKey> {

    /** Returns the key as it stands below the root of a store: {@code rules/t.local}, {@code upstreams/up1/host:80}. */
    String path();

    @Override
    default int compareTo(ConfigKey other) {
        return path().compareTo(other.path());
    }

    /** Returns the key whose {@link #path()} this is, or null when no key has it. */
    static @Nullable ConfigKey parse(String path) {
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (!isName(part)) {
                return null;
            }
        }
        if (parts.length == 2 && parts[0].equals(DomainKey.FOLDER)) {
            return new DomainKey(parts[1]);
        }
        if (parts.length == 2 && parts[0].equals(PolicyKey.FOLDER)) {
            return new PolicyKey(parts[1]);
        }
        return parts.length == 3 && parts[0].equals(ServerKey.FOLDER) ? new ServerKey(parts[1], parts[2]) : null;
    }

    /** Returns whether this can be a part of a key: not empty, no slash, no control character. */
    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
    }

    private static void requireName(String name, String what) {
        if (!isName(requireNonNull(name, what))) {
            throw new IllegalArgumentException(
                    what + ": \"" + name + "\" (expected: a name without slashes and control characters)");
        }
    }

    /**
     * The rule document of a domain.
     *
     * @param domain the domain as its rules are keyed, with a port if it is written with one
     */
    record DomainKey(String domain) implements ConfigKey {
        static final String FOLDER = "rules";

        public DomainKey {
            requireName(domain, "domain");
        }

        @Override
        public String path() {
            return FOLDER + '/' + domain;
        }

        @Override
        public String toString() {
            return path();
        }
    }

    /**
     * The policy of an upstream.
     *
     * @param upstream the upstream's name
     */
    record PolicyKey(String upstream) implements ConfigKey {
        static final String FOLDER = "policies";

        public PolicyKey {
            requireName(upstream, "upstream");
        }

        @Override
        public String path() {
            return FOLDER + '/' + upstream;
        }

        @Override
        public String toString() {
            return path();
        }
    }

    /**
     * The parameters of one server of an upstream.
     *
     * @param upstream the upstream's name
     * @param server the server's address as written
     */
    record ServerKey(String upstream, String server) implements ConfigKey {
        static final String FOLDER = "upstreams";

        public ServerKey {
            requireName(upstream, "upstream");
            requireName(server, "server");
        }

        @Override
        public String path() {
            return FOLDER + '/' + upstream + '/' + server;
        }

        @Override
        public String toString() {
            return path();
        }
    }
}
