package io.erulb.upstream;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Time spans as nginx writes them: {@code 10}, {@code 10s}, {@code 1m30s}, {@code 1d}; and {@code 500ms}. */
public final class TimeSpan {
    /** The longest span that is accepted. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** What {@link #parse} takes, in words. */
    public static final String EXPECTED = "a time up to a year, such as 10, 10s, 500ms, 1m30s";

    /** Units from large to small, each once; a number without a unit is seconds and comes last. */
    private static final Pattern TEXT = Pattern.compile(
            "(?=.)(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?" + "(?:(\\d{1,9})(?:s|$))?(?:(\\d{1,12})ms)?");

    private TimeSpan() {}

    /** The time a text means, or null when it means none or one that is too long. */
    public static @Nullable Duration parse(String text) {
        Matcher units = TEXT.matcher(text);
        if (!units.matches()) {
            return null;
        }
        Duration time = Duration.ofDays(amount(units, 1))
                .plusHours(amount(units, 2))
                .plusMinutes(amount(units, 3))
                .plusSeconds(amount(units, 4))
                .plusMillis(amount(units, 5));
        return time.compareTo(LONGEST) > 0 ? null : time;
    }

    /** A text that reads back as the same time, in seconds or milliseconds. */
    public static String print(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static long amount(Matcher units, int group) {
        String digits = units.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
