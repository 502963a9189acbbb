package io.erulb.routing.policy;

import io.erulb.upstream.HedgeRule;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code retry}: when a request goes to another server. Immutable.
 *
 * @param tries how many servers it is sent to at most; 0: as many as the proxy's own setting says
 * @param on after what
 * @param timeout how long one try may take up to the head of its answer; null: as the time-outs say
 * @param backoff how long is waited before the second try, on average; twice that before the third and so on; null: not at all
 * @param budgetPercent the greatest share that tries after the first may be of requests lately; 0: any share
 * @param hedge when a second server is asked because the first takes long; null: never
 */
public record RetryPolicy(
        int tries,
        On on,
        @Nullable Duration timeout,
        @Nullable Duration backoff,
        int budgetPercent,
        @Nullable HedgeRule hedge) {
    /** As nginx's defaults, and 500 and 504 beside. */
    public static final RetryPolicy USUAL = new RetryPolicy(0, On.USUAL, null, null, 0, null);

    private static final Set<String> WORDS = new LinkedHashSet<>(List.of(
            "error",
            "timeout",
            "invalid_header",
            "http_500",
            "http_502",
            "http_503",
            "http_504",
            "http_403",
            "http_404",
            "http_429",
            "non_idempotent"));

    private static final int MOST_TRIES = 100;
    private static final int ALL = 100;
    private static final double USUAL_PERCENTILE = 95;
    private static final int USUAL_HEDGES = 10;

    /**
     * After what a request goes to another server, in the words of nginx's {@code proxy_next_upstream}.
     *
     * @param error no connection, or it broke
     * @param timeout no connection, or no answer, in time
     * @param invalidHeader an answer that is no HTTP
     * @param nonIdempotent also when a POST, PATCH or LOCK was sent already
     * @param statuses answers of these statuses
     */
    public record On(boolean error, boolean timeout, boolean invalidHeader, boolean nonIdempotent, StatusSet statuses) {
        private static final String STATUS = "http_";
        static final On USUAL = of(Set.of("error", "timeout", "invalid_header", "http_500", "http_504"));

        private static On of(Set<String> words) {
            StatusSet statuses = StatusSet.of(words.stream()
                    .filter(word -> word.startsWith(STATUS))
                    .mapToInt(word -> Integer.parseInt(word.substring(STATUS.length())))
                    .toArray());
            return new On(
                    words.contains("error"),
                    words.contains("timeout"),
                    words.contains("invalid_header"),
                    words.contains("non_idempotent"),
                    statuses);
        }
    }

    static RetryPolicy read(@Nullable PolicyArgs section) {
        if (section == null) {
            return USUAL;
        }
        Set<String> on = section.words("on", Set.of(), WORDS);
        return new RetryPolicy(
                section.integer("tries", 0, 1, MOST_TRIES),
                section.has("on") ? On.of(on) : On.USUAL,
                section.time("timeout"),
                section.time("backoff"),
                section.integer("budget_percent", 0, 1, ALL),
                hedge(section.object("hedge")));
    }

    private static @Nullable HedgeRule hedge(@Nullable PolicyArgs section) {
        return section == null
                ? null
                : new HedgeRule(
                        section.number("percentile", USUAL_PERCENTILE, HedgeRule.LEAST, HedgeRule.MOST),
                        section.integer("max_percent", USUAL_HEDGES, 1, ALL));
    }
}
