package io.erulb.rules.drawing;

import io.erulb.rules.GraphFigures.Edge;
import java.util.Locale;

/** Figures in few characters: {@code 12.3k}, {@code 6.2 %}, {@code 8.1/s}. */
final class FigureText {
    private static final String UNITS = "kMGTPE";

    private FigureText() {}

    static String count(long count) {
        double rest = count;
        int unit = -1;
        while (rest >= 999.5 && unit + 1 < UNITS.length()) {
            rest /= 1000;
            unit++;
        }
        return unit < 0 ? Long.toString(count) : decimals(rest, rest < 99.95 ? 1 : 0) + UNITS.charAt(unit);
    }

    /** In full or in short, with its noun: {@code 1 error}, {@code 2 errors}. */
    static String counted(String count, String noun) {
        return count + " " + noun + (count.equals("1") ? "" : "s");
    }

    static String share(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 0.05) {
            return "< 0.1 %";
        }
        boolean whole = percent >= 9.95 || percent == Math.rint(percent);
        return decimals(percent, whole ? 0 : 1) + " %";
    }

    static String rate(double rate) {
        if (rate >= 99.95) {
            return count(Math.round(rate)) + "/s";
        }
        return rate < 0.05 ? "< 0.1/s" : decimals(rate, 1) + "/s";
    }

    /** What is said of an edge at most: its share, and how many requests that are. */
    static String of(Edge edge) {
        return edge.count() == 0 ? "never" : share(edge.share()) + ", " + count(edge.count());
    }

    private static String decimals(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
