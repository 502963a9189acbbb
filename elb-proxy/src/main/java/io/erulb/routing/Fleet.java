package io.erulb.routing;

import java.util.List;

/** The instances that serve the same configuration. Safe for use by many threads. */
@FunctionalInterface
public interface Fleet {

    /**
     * Those that live, this one among them; in the order of their start. Bounded in time.
     *
     * @throws SourceException when the store that they meet in can't be read, with the reason
     */
    List<FleetMember> members() throws SourceException;

    /** The fleet of an instance that knows of none: nobody. */
    static Fleet none() {
        return List::of;
    }
}
