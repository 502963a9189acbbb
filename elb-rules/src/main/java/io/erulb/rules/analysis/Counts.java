package io.erulb.rules.analysis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A counted repetition: {@code {2}}, {@code {2,}} or {@code {2,5}}.
 *
 * @param most -1 for no end
 * @param end where it ends in the pattern
 */
record Counts(int least, int most, int end) {
    private static final Pattern WRITTEN = Pattern.compile("\\{(0|[1-9][0-9]{0,3})(,(0|[1-9][0-9]{0,3})?)?}");

    /** The one that starts here; null when none does. */
    static @Nullable Counts at(String pattern, int start) {
        Matcher matcher = WRITTEN.matcher(pattern).region(start, pattern.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        int least = Integer.parseInt(matcher.group(1));
        String most = matcher.group(3);
        if (matcher.group(2) == null) {
            return new Counts(least, least, matcher.end());
        }
        return new Counts(least, most == null ? -1 : Integer.parseInt(most), matcher.end());
    }
}
