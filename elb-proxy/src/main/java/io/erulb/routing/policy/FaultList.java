package io.erulb.routing.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one policy. Used by one thread. */
final class FaultList {
    private static final int LONGEST_VALUE = 120;

    private final List<PolicyFault> faults = new ArrayList<>();

    /** Joins a fault, unless something was said of its field already. */
    void add(@Nullable String field, @Nullable String value, String message) {
        if (field != null && faults.stream().anyMatch(fault -> field.equals(fault.field()))) {
            return;
        }
        faults.add(new PolicyFault(field, value == null ? null : shown(value), message));
    }

    private static String shown(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new PolicyException(faults);
        }
    }
}
