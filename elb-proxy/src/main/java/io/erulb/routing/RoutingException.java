package io.erulb.routing;

import java.util.List;
import java.util.stream.Collectors;

/** A change that was refused as a whole; nothing of it is in force. */
public final class RoutingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RoutingFault> faults;

    /** Refuses a change for these faults, at least one. */
    public RoutingException(List<RoutingFault> faults) {
        super(faults.stream().map(RoutingFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Every fault of the change, in the order of the change; never empty. */
    public List<RoutingFault> faults() {
        return faults;
    }
}
