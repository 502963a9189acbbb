package io.erulb.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one document. Used by one thread. */
final class FaultList {
    private static final int LONGEST_VALUE = 120;

    private final String domain;
    private final List<Fault> faults = new ArrayList<>();

    FaultList(String domain) {
        this.domain = domain;
    }

    String domain() {
        return domain;
    }

    void add(@Nullable String rule, @Nullable String field, @Nullable JsonValue value, String message) {
        faults.add(new Fault(domain, rule, field, value == null ? null : shown(value), message));
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new RuleSetException(faults);
        }
    }

    private static String shown(JsonValue value) {
        String text = RuleSetWriter.print(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
