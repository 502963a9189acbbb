package io.erulb.routing;

import io.erulb.routing.policy.PolicyFault;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a piece of configuration, and where. Immutable.
 *
 * @param kind what {@code name} names
 * @param name the domain or the upstream; of a policy, its upstream
 * @param part the rule of the domain or the server of the upstream, or null when the fault is not inside one
 * @param field the field, argument or parameter, or null
 * @param value the offending value as written, or null
 * @param message what was wrong and what is accepted, for people
 */
public record RoutingFault(
        Kind kind,
        String name,
        @Nullable String part,
        @Nullable String field,
        @Nullable String value,
        String message) {

    /** What a fault's name names. */
    public enum Kind {
        /** A domain, whose parts are rules. */
        DOMAIN("domain", "rule"),
        /** An upstream, whose parts are servers. */
        UPSTREAM("upstream", "server"),
        /** The policy of an upstream, which has no parts. */
        POLICY("policy", "part");

        private final String word;
        private final String partWord;

        Kind(String word, String partWord) {
            this.word = word;
            this.partWord = partWord;
        }

        /** The kind of a {@link #word()}; {@link IllegalArgumentException} when it is none. */
        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("kind: " + word));
        }

        /** The word for the whole: {@code domain}, {@code upstream} or {@code policy}. */
        public String word() {
            return word;
        }

        /** The word for a part: {@code rule} or {@code server}. */
        public String partWord() {
            return partWord;
        }
    }

    static RoutingFault domain(String domain, String message) {
        return new RoutingFault(Kind.DOMAIN, domain, null, null, null, message);
    }

    static RoutingFault upstream(String upstream, @Nullable String server, String message) {
        return new RoutingFault(Kind.UPSTREAM, upstream, server, null, null, message);
    }

    static RoutingFault policy(String upstream, PolicyFault fault) {
        return new RoutingFault(Kind.POLICY, upstream, null, fault.field(), fault.value(), fault.message());
    }

    /** Whether this fault concerns the given domain or upstream. */
    boolean concerns(Kind otherKind, String otherName) {
        return kind == otherKind && name.equals(otherName);
    }

    /** One readable sentence: place, then message. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.word).append(' ').append(name);
        if (part != null) {
            text.append(", ").append(kind.partWord).append(' ').append(part);
        }
        if (field != null) {
            text.append(", ").append(field);
        }
        return text.append(": ").append(message).toString();
    }
}
