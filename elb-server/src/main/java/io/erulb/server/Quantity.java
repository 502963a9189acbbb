package io.erulb.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads amounts with a unit, as nginx writes them: {@code 30s}, {@code 500ms}, {@code 50m}. */
final class Quantity {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})([a-z]*)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "", 1_000L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES = Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    private Quantity() {}

    /** A time; a bare number is seconds. Null when it is none. */
    static @Nullable Duration duration(String text) {
        Long millis = scaled(text, MILLIS);
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /** A size in bytes; units are powers of 1024. Null when it is none. */
    static @Nullable Long bytes(String text) {
        return scaled(text, BYTES);
    }

    private static @Nullable Long scaled(String text, Map<String, Long> units) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return null;
        }
        Long unit = units.get(amount.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? null : product(Long.parseLong(amount.group(1)), unit);
    }

    private static @Nullable Long product(long number, long unit) {
        return number > Long.MAX_VALUE / unit ? null : Long.valueOf(number * unit);
    }
}
