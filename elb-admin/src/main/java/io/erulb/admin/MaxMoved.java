package io.erulb.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How large a part of a domain's recent requests a write may move. Immutable.
 *
 * @param percent 0 to 100
 */
record MaxMoved(double percent) {
    static final String EXPECTED = "a percentage such as 5% or 0.5%";

    /** The sign may be left out, as it means something else in a URL. */
    private static final Pattern PERCENTAGE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3})?)%?");

    /** Reads {@code 5%}; null for anything else. */
    static @Nullable MaxMoved parse(String text) {
        Matcher matcher = PERCENTAGE.matcher(text);
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
        return percent < 0 || percent > 100 ? null : new MaxMoved(percent);
    }

    /** Whether this part of all is more than that. */
    boolean isBelow(int part, int all) {
        return part * 100.0 > percent * all;
    }

    @Override
    public String toString() {
        return (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + "%";
    }
}
