package io.erulb.rules;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in a rule document, with its place. Immutable.
 *
 * @param domain whose document, empty when it is not known yet
 * @param rule the rule, null when the document as a whole is meant
 * @param field the field of the rule or document, such as {@code pattern} or {@code windows[0].from}
 * @param value what stands there, as JSON, shortened; null when nothing does
 * @param message what is wrong or what is accepted
 */
public record Fault(
        String domain,
        @Nullable String rule,
        @Nullable String field,
        @Nullable String value,
        String message) {
    /** The same fault in a named domain's document. */
    public Fault in(String owner) {
        return new Fault(owner, rule, field, value, message);
    }

    /** One sentence: {@code t.local: rule r1: regex: "yes" (expected: true or false)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!domain.isEmpty()) {
            text.append(domain).append(": ");
        }
        if (rule != null) {
            text.append("rule ").append(rule).append(": ");
        }
        if (field != null) {
            text.append(field).append(": ");
        }
        return value == null
                ? text.append(message).toString()
                : text.append(value).append(" (").append(message).append(')').toString();
    }
}
