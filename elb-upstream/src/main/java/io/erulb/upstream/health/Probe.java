package io.erulb.upstream.health;

import io.erulb.upstream.CheckResult;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Looks whether one server is well, again and again; one look is over before the next one begins. */
@FunctionalInterface
public interface Probe {
    /**
     * Begins to look, and returns at once.
     *
     * @param done told once how it ended, on the thread that {@link HealthChecks} is confined to, at once or later
     */
    void start(Done done);

    /** Looks no more, and lets go of what it has; nobody is told how a look that has begun ends. */
    default void stop() {}

    /** Makes the probe of each server. */
    @FunctionalInterface
    interface Maker {
        /** That of the server at an address. */
        Probe of(InetSocketAddress address);
    }

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
