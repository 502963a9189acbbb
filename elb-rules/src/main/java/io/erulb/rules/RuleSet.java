package io.erulb.rules;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A domain's rule document as written: nothing is lost between reading and printing, fields the engine does not know
 * included. It is well-formed JSON and no more; {@link RuleGraph#compile} judges what it says.
 *
 * <p>Immutable. Two documents are equal when they say the same, whatever blanks and the order of members.
 */
public final class RuleSet {
    private final JsonValue.Obj root;

    private RuleSet(JsonValue.Obj root) {
        this.root = root;
    }

    /**
     * Reads a document.
     *
     * @param json strict JSON (RFC 8259)
     * @throws RuleSetException when it is malformed, no JSON object, or names a member twice; the faults name no domain
     */
    public static RuleSet parse(String json) {
        return new RuleSet(RuleSetReader.read(requireNonNull(json, "json")));
    }

    /** The document as compact JSON, members in the order written, numbers digit by digit. */
    public String toJson() {
        return RuleSetWriter.print(root);
    }

    JsonValue.Obj root() {
        return root;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleSet set && root.equals(set.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    /** The same as {@link #toJson}. */
    @Override
    public String toString() {
        return toJson();
    }
}
