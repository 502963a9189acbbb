package io.erulb.rules.spi;

import org.jspecify.annotations.Nullable;

/** One filter's answer about one request. Immutable. */
public final class Verdict {
    /** The request matches: the walk follows {@code succ}. */
    public static final Verdict MATCH = new Verdict(true, null);

    /** The request does not match: the walk follows {@code fail}. */
    public static final Verdict MISS = new Verdict(false, null);

    /** The filter ran out of its budget: the walk follows {@code fail}, and the graph counts it. */
    public static final Verdict GAVE_UP = new Verdict(false, null);

    private final boolean matched;
    private final @Nullable String path;

    private Verdict(boolean matched, @Nullable String path) {
        this.matched = matched;
        this.path = path;
    }

    /**
     * The request matches and goes on with another path.
     *
     * @param path decoded; the engine gives it exactly one leading slash and resolves its dot segments
     */
    public static Verdict rewrite(String path) {
        return new Verdict(true, path);
    }

    /** {@link #MATCH} or {@link #MISS}. */
    public static Verdict of(boolean matched) {
        return matched ? MATCH : MISS;
    }

    /** Whether the walk follows {@code succ}. */
    public boolean matched() {
        return matched;
    }

    /** The path as the filter rewrote it, null when it did not. */
    public @Nullable String path() {
        return path;
    }

    @Override
    public String toString() {
        if (this == GAVE_UP) {
            return "gave up";
        }
        return path == null ? (matched ? "match" : "miss") : "rewrite to " + path;
    }
}
