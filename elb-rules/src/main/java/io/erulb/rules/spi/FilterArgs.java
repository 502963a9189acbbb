package io.erulb.rules.spi;

import java.util.List;
import java.util.Set;

/**
 * A rule's {@code args}, read by type.
 *
 * <p>An accessor that finds something else records a fault that says domain, rule, field, value and what is accepted, and
 * returns a harmless placeholder, so that one pass finds everything. Ask for every argument the type knows, also when
 * another makes it pointless: what nobody asked for is refused as unknown. Used by one thread.
 */
public interface FilterArgs {
    /** The domain whose document this is. */
    String domain();

    /** The rule's name. */
    String rule();

    /** The names of all arguments, as written; without {@code succ} and {@code fail} for a filter. */
    Set<String> names();

    /** Whether the argument stands there with any value but null. */
    boolean has(String name);

    /** Whether the argument is a JSON object. */
    boolean isObject(String name);

    /** A string that must be there; placeholder: the empty string. */
    String text(String name);

    /** A string, or {@code otherwise} when the argument is absent. */
    String text(String name, String otherwise);

    /** A string or an array of strings, at least one; must be there; placeholder: an empty list. */
    List<String> texts(String name);

    /** A string, number or boolean as its text, or an array of those; null counts as absent; placeholder: an empty list. */
    List<String> scalars(String name);

    /** {@code true} or {@code false}, or {@code otherwise} when the argument is absent. Nothing else counts as either. */
    boolean flag(String name, boolean otherwise);

    /** An integer from {@code least} to {@code most}, or {@code otherwise} when the argument is absent. */
    int integer(String name, int otherwise, int least, int most);

    /** A number from {@code least} to {@code most} that must be there; placeholder: {@code least}. */
    double number(String name, double least, double most);

    /** An object that must be there, read the same way; placeholder: one without members. */
    FilterArgs object(String name);

    /** An array of objects, at least one, that must be there; placeholder: an empty list. */
    List<FilterArgs> objects(String name);

    /** A pattern that must be there, minding case; see {@link #pattern(String, boolean)}. */
    default TextPattern pattern(String name) {
        return pattern(name, false);
    }

    /**
     * A pattern that must be there. Its syntax is RE2's, matched in linear time; with the rule's argument {@code
     * "backtracking": true} it is java.util.regex's, matched within a budget of steps. Placeholder: one that never matches.
     *
     * @param ignoreCase whether letters match in either case
     */
    TextPattern pattern(String name, boolean ignoreCase);

    /**
     * Records a fault of an argument; ignored for one that an accessor could not read and has recorded already.
     *
     * @param message what is wrong with its value or what is accepted, such as {@code expected: a weekday}
     */
    void fault(String name, String message);
}
