package io.erulb.rules;

import java.util.List;
import java.util.stream.Collectors;

/** A rule document that can't be used, with everything that is wrong with it. */
public final class RuleSetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * An exception for these faults.
     *
     * @param faults in the order of the document, at least one
     */
    public RuleSetException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** All faults found, never empty. */
    public List<Fault> faults() {
        return faults;
    }
}
