package io.erulb.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * About how many steps a pattern has once its repetitions are written out: {@code (a{100}b){50}} has 5,050. A few
 * characters can stand for millions, which costs memory in one engine and time in the other.
 */
final class PatternSize {
    /** The largest pattern that is compiled. */
    static final int MOST = 10_000;

    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

    private final String text;
    private final Matcher repetition;
    private int at;

    private PatternSize(String text) {
        this.text = text;
        this.repetition = REPETITION.matcher(text);
    }

    static void check(String text) throws BadPatternException {
        double size = new PatternSize(text).size();
        if (size > MOST) {
            throw new BadPatternException(
                    "bad pattern: repetitions make it too big (expected: at most " + MOST + " steps)", null);
        }
    }

    private double size() {
        Deque<Double> outer = new ArrayDeque<>();
        double group = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                outer.push(group);
                group = 0;
                at++;
            } else if (c == ')' && !outer.isEmpty()) {
                at++;
                group = outer.pop() + Math.max(1, group) * times();
            } else {
                skipUnit(c);
                group += times();
            }
        }
        return group + outer.stream().mapToDouble(Double::doubleValue).sum();
    }

    private void skipUnit(char c) {
        int close = c == '[' ? text.indexOf(']', at + 2) : -1;
        at = close > 0 ? close + 1 : at + (c == '\\' ? 2 : 1);
    }

    /** How often the unit just read is repeated. */
    private double times() {
        if (at >= text.length() || !repetition.region(at, text.length()).lookingAt()) {
            return 1;
        }
        at = repetition.end();
        String most = repetition.group(2);
        String count = most == null || most.isEmpty() ? repetition.group(1) : most;
        return Math.max(1, Double.parseDouble(count));
    }
}
