package io.erulb.rules;

import static java.util.Objects.requireNonNull;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A domain's rule document as written: nothing is lost between reading and printing, fields the engine does not know
 * included. It is well-formed JSON and no more; {@link RuleGraph#compile} judges what it says.
 *
 * <p>Immutable. Two documents are equal when they say the same, whatever blanks and the order of members.
 */
public final class RuleSet {
    private final String text;
    private final int hash;

    /** What the text says, for those who read it right after it came: as text it takes a tenth of the memory. */
    private final WeakReference<JsonValue.Obj> read;

    private RuleSet(String text, JsonValue.Obj root) {
        this.text = text;
        this.hash = root.hashCode();
        this.read = new WeakReference<>(root);
    }

    /**
     * Reads a document.
     *
     * @param json strict JSON (RFC 8259)
     * @throws RuleSetException when it is malformed, no JSON object, or names a member twice; the faults name no domain
     */
    public static RuleSet parse(String json) {
        JsonValue.Obj root = RuleSetReader.read(requireNonNull(json, "json"));
        String compact = RuleSetWriter.print(root);
        // The same object where it is the same text, which others may have as well.
        return new RuleSet(compact.equals(json) ? json : compact, root);
    }

    /** The document as compact JSON, members in the order written, numbers digit by digit. */
    public String toJson() {
        return text;
    }

    JsonValue.Obj root() {
        JsonValue.Obj root = read.get();
        return root != null ? root : RuleSetReader.read(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleSet set && hash == set.hash && (text.equals(set.text) || root().equals(set.root()));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The same as {@link #toJson}. */
    @Override
    public String toString() {
        return toJson();
    }
}
