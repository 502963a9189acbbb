package io.erulb.upstream.health;

import io.erulb.upstream.CheckResult;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Looks once whether a server is well. */
@FunctionalInterface
public interface Probe {
    /**
     * Begins to look, and returns at once.
     *
     * @param done told once how it ended, on the thread that {@link HealthChecks} is confined to, at once or later
     */
    void start(InetSocketAddress address, Done done);

    /** Waits for the end of a check. */
    @FunctionalInterface
    interface Done {
        /**
         * The check is over.
         *
         * @param result null when nothing was found out, for want of descriptors, say
         */
        void with(@Nullable CheckResult result);
    }
}
