package io.erulb.routing;

import io.erulb.rules.whatif.RecentRequests;
import org.jspecify.annotations.Nullable;

/** The last requests of each domain, to try other rules on. Safe for use by many threads. */
@FunctionalInterface
public interface RecentTraffic {

    /**
     * Those of a domain, by its name as configured; of one that had none yet, none.
     *
     * @return null where no requests are kept at all
     */
    @Nullable
    RecentRequests of(String domain);

    /** Keeps nothing. */
    static RecentTraffic none() {
        return domain -> null;
    }
}
