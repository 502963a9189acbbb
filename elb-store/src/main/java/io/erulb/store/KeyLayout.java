package io.erulb.store;

import org.jspecify.annotations.Nullable;

/**
 * Where the keys of one ELB stand in a shared key space: {@code /$ELBNAME/rules/$domain},
 * {@code /$ELBNAME/upstreams/$upstream/$server} and {@code /$ELBNAME/policies/$upstream}. Immutable.
 *
 * @param elbName the name of the ELB, without slashes and control characters
 */
public record KeyLayout(String elbName) {

    /** Checks the name; {@link IllegalArgumentException} when it can't be a part of a key. */
    public KeyLayout {
        if (!ConfigKey.isName(elbName)) {
            throw new IllegalArgumentException(
                    "ELB name: \"" + elbName + "\" (expected: a name without slashes and control characters)");
        }
    }

    /** Returns what all keys begin with, slashes on both sides included. */
    public String prefix() {
        return '/' + elbName + '/';
    }

    /** Returns the full key. */
    public String format(ConfigKey key) {
        return prefix() + key.path();
    }

    /** Returns the key written in full, or null for a stray one: outside the prefix, or below it in no known place. */
    public @Nullable ConfigKey parse(String fullKey) {
        return fullKey.startsWith(prefix()) ? ConfigKey.parse(fullKey.substring(prefix().length())) : null;
    }
}
