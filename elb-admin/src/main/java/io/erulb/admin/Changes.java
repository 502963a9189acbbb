package io.erulb.admin;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingException;
import io.erulb.routing.RoutingFault;
import java.util.stream.Stream;

/** Puts what a body asks for in force, as a whole or not at all. Safe for use by many threads. */
final class Changes {
    private final LiveRouting routing;

    Changes(LiveRouting routing) {
        this.routing = routing;
    }

    /**
     * Applies what a body asks for.
     *
     * @throws Refusal with every fault of the body's shape and of what it asks for
     */
    void apply(Edits edits) {
        if (!edits.faults().isEmpty()) {
            throw refusal(Stream.concat(edits.faults().stream(), routing.check(edits.change()).stream()));
        }
        try {
            routing.apply(edits.change());
        } catch (RoutingException refused) {
            throw refusal(refused.faults().stream());
        }
    }

    private static Refusal refusal(Stream<RoutingFault> faults) {
        return Refusal.faults(faults.map(ErrorEntry::of).toList());
    }
}
