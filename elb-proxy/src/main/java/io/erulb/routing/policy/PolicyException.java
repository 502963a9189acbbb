package io.erulb.routing.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy is not what is accepted. Carries every fault, not just the first. */
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<PolicyFault> faults;

    PolicyException(List<PolicyFault> faults) {
        super(faults.stream().map(PolicyFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong; never empty. */
    public List<PolicyFault> faults() {
        return faults;
    }
}
