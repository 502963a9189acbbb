package io.erulb.admin;

import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import java.util.List;

/**
 * What a body asks for. Immutable.
 *
 * @param change as much of it as could be read
 * @param faults what is wrong with the body's shape; with any, nothing may be applied
 */
record Edits(RoutingChange change, List<RoutingFault> faults) {

    Edits {
        faults = List.copyOf(faults);
    }
}
